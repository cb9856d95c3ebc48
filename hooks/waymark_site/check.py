"""`make check`: say whether the registry may be published, and every reason why not."""

import sys
from pathlib import Path

from waymark_site.registry import RegistryFaults, read

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Check a registry (`services.yaml`, unless another file is named). Exit 0 sound, 1 faults, 2 usage."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        print("Usage: python -m waymark_site.check [services.yaml]", file=sys.stderr)
        return 2
    services = Path(arguments[0]) if arguments else ROOT / "services.yaml"
    try:
        registry = read(services, ROOT / "quiz" / "questions.yaml")
    except RegistryFaults as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        print(f"{len(error.faults)} fault(s). Nothing was built.", file=sys.stderr)
        return 1
    print(f"{services.name}: {len(registry.services)} services, {len(registry.providers)} providers, "
          f"{len(registry.sources)} sources, {len(registry.documents)} documents. No faults.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
