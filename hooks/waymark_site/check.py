"""`make check`: say whether the registry may be published, every reason why not, and what to look at again.

A fault is told on standard error and means exit 1. A warning has a date, is told on standard output and changes
nothing. With `--links`, every address outside is asked whether it still answers; with `--local=AREA`, the registry is
checked with that local edition in it.
"""

import datetime
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from quiz.wording import day
from waymark_site import links, pages, upkeep
from waymark_site.registry import Opened, RegistryFaults, edition, opened, overlay
from waymark_site.registry.faults import Fault
from waymark_site.site import Site

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str], today: datetime.date | None = None, ask: links.Ask = links.ask) -> int:
    """Check a registry (`services.yaml`, unless another file is named). Exit 0 sound, 1 faults, 2 usage."""
    names = [argument for argument in arguments if not argument.startswith("--l")]
    local = [argument.removeprefix("--local=") for argument in arguments if argument.startswith("--local=")]
    with_links = arguments.count("--links")
    if len(names) > 1 or len(local) > 1 or with_links > 1 or len(names) + len(local) + with_links < len(arguments) \
            or any(name.startswith("-") or not name for name in (*names, *local)):
        print("Usage: python -m waymark_site.check [--links] [--local=AREA] [services.yaml]", file=sys.stderr)
        return 2
    services = Path(names[0]) if names else ROOT / "services.yaml"
    try:
        read = opened(services, ROOT / "quiz" / "questions.yaml", edition(ROOT, *local or [None]))
        exceptions = links.exceptions(ROOT / links.EXCEPTIONS) if with_links else ()
    except RegistryFaults as error:
        return _refused(error.faults)
    registry = read.registry
    if not names and (unmet := pages.unmet(Site(registry))):  # another file may be a part of a registry
        return _refused(unmet)
    print(f"{services.name}: {len(registry.services)} services, {len(registry.providers)} providers, "
          f"{len(registry.sources)} sources, {len(registry.documents)} documents. No faults.{_edition(read)}")
    # a registry may not be dated after today, so nothing is due before it
    today = max(today or datetime.date.today(), datetime.date.fromisoformat(registry.registry.date))
    for line in warnings(read, today):
        print(line)
    if with_links:
        for line in links.told(links.addresses(read, ROOT), exceptions, ask):
            print(line)
    return 0


def _refused(faults: Sequence[Fault | str]) -> int:
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} fault(s). Nothing was built.", file=sys.stderr)
    return 1


def _edition(read: Opened) -> str:
    local = read.registry.registry.local
    if local is None:
        return ""
    added = list(local.parts.values()).count(overlay.WHOLE)
    return f"\nLocal to {local.name}: {len(local.parts) - added} services changed, {added} entries added."


def warnings(read: Opened, today: datetime.date) -> Iterator[str]:
    """What to look at again, as lines: what is due, by concern, and what falls due next."""
    found = upkeep.dues(read.registry)
    due = upkeep.overdue(found, today)
    count = sum(map(len, due.values()))
    yield ""
    yield f"On {day(today.isoformat())}: {f'{count} to look at. This stops no build.' if count else 'nothing is due.'}"
    for concern, ones in due.items():
        yield from ("", f"{concern.label} ({len(ones)})")
        yield from (f"  {read.place(one.section, one.index)}: {one.id}: since {day(one.on.isoformat())} ({one.says})" for one in ones)
    if later := upkeep.ahead(found, today):
        yield from ("", f"Falls due next ({len(later)})")
        yield from (f"  {read.place(one.section, one.index)}: {one.id}: on {day(one.on.isoformat())} ({one.says})" for one in later)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
