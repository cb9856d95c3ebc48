"""Where the command meets the world: the registry is read, and checked, beside this package."""

import os
import sys
from pathlib import Path

from quiz.command import WrongUse, main
from quiz.model import Registry

ROOT = Path(__file__).resolve().parent.parent


def registry(area: str | None = None) -> Registry:
    """The checked registry of this project, perhaps in the local edition of an area. Stops with its faults when it
    cannot be used."""
    sys.path.append(str(ROOT / "hooks"))
    from waymark_site.registry import NoEdition, RegistryFaults, edition, read

    try:
        return read(ROOT / "services.yaml", ROOT / "quiz" / "questions.yaml", edition(ROOT, area))
    except NoEdition as error:
        raise WrongUse(str(error)) from None
    except RegistryFaults as error:
        sys.exit(f"The registry cannot be used.\n{error}")


def run() -> int:
    """The command on this terminal, whatever letters it can show and whenever it stops listening."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="replace")
    try:
        code = main(sys.argv[1:], registry)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the answer has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"The answer cannot be written: {error.strerror or error}.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(run())
