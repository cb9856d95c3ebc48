"""Where the command meets the world: the registry is read, and checked, beside this package."""

import sys
from pathlib import Path

from quiz.command import main
from quiz.model import Registry

ROOT = Path(__file__).resolve().parent.parent


def registry() -> Registry:
    """The checked registry of this project. Stops with its faults when it cannot be used."""
    sys.path.append(str(ROOT / "hooks"))
    from waymark_site.registry import RegistryFaults, read

    try:
        return read(ROOT / "services.yaml", ROOT / "quiz" / "questions.yaml")
    except RegistryFaults as error:
        sys.exit(f"The registry cannot be used.\n{error}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], registry))
