"""Addresses outside: do they still answer? Asked only on request, since it needs the network and takes a while.

An address that is known not to answer a program stands in `tools/link-exceptions.yaml` with the reason.
"""

import re
import ssl
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from quiz.vocabulary import ContactKind, Word
from quiz.wording import day
from waymark_site.registry import Opened, RegistryFaults, yaml_lines
from waymark_site.registry.faults import Fault, nearest, shown

EXCEPTIONS = Path("tools", "link-exceptions.yaml")
SECONDS = 20
SIDE_BY_SIDE = 8
BY_HAND = re.compile(r"https?://[^\s\"'`<>{})]+")
NO_LINKS = ("http://www.w3.org/",)
"""Names of XML vocabularies, which look like addresses."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address answered."""

    status: int | None
    """The status of HTTP; None where nobody answered."""
    final: str
    """The address that answered in the end."""
    problem: str = ""
    """Why nobody answered."""


Ask = Callable[[str], Reply]


class Finding(Word):
    """What an answer means; worst first."""

    GONE = "gone", "No longer there"
    MOVED = "moved", "Leads to another host now"
    SILENT = "silent", "Did not answer"
    REFUSED = "refused", "Answered, but not to a program: open it by hand"
    WELL = "well", "Answers"


@dataclass(frozen=True, slots=True)
class Exempt:
    """An address that need not answer, with the reason."""

    address: str
    reason: str
    on: str
    """The day it was listed, as YYYY-MM-DD."""


def judged(address: str, reply: Reply) -> tuple[Finding, str]:
    """What an answer means, and what was answered in words."""
    if reply.status is None:
        return Finding.SILENT, reply.problem
    if reply.status in (404, 410):
        return Finding.GONE, f"status {reply.status}"
    if not 200 <= reply.status < 300:
        return Finding.REFUSED, f"status {reply.status}"
    if _host(reply.final) != _host(address):
        return Finding.MOVED, f"to {reply.final}"
    return Finding.WELL, ""


def addresses(read: Opened, root: Path | None = None) -> dict[str, list[str]]:
    """Every address outside that the site leads to, with where each is written."""
    found: dict[str, list[str]] = defaultdict(list)
    for index, source in enumerate(read.registry.sources):
        if source.address:
            found[source.address].append(read.place("sources", index, "address"))
    for section in ("providers", "services"):
        for index, holder in enumerate(getattr(read.registry, section)):
            for place, contact in enumerate(holder.contacts):
                if contact.kind is ContactKind.WEB and contact.value and not contact.withheld:
                    found[contact.value].append(read.place(section, index, "contacts", place, "value"))
    if root:
        for file in sorted((*(root / "docs").rglob("*.md"), *(root / "hooks" / "theme").rglob("*.html"))):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                for address in BY_HAND.findall(line):
                    if not address.startswith(NO_LINKS):
                        found[address.rstrip(".,;:")].append(f"{file.relative_to(root).as_posix()}:{number}")
    return dict(found)


def told(found: Mapping[str, Sequence[str]], exceptions: Iterable[Exempt], ask: Ask) -> Iterator[str]:
    """Ask every address, and say what came of it: what needs somebody first, then what is excepted, then a count."""
    exempt = {one.address: one for one in exceptions}
    replies = _asked(found, ask)
    results = {address: judged(address, reply) for address, reply in replies.items()}
    yield ""
    yield f"Links outside: {len(found)} asked, {sum(finding is Finding.WELL for finding, _ in results.values())} answer."
    for kind in Finding:
        mine = [address for address, (finding, _) in results.items() if finding is kind and address not in exempt]
        if mine and kind is not Finding.WELL:
            yield from ("", f"{kind.label} ({len(mine)})")
            yield from (f"  {', '.join(found[address])}: {address} ({results[address][1]})" for address in mine)
    known = [one for one in exempt.values() if one.address in found]
    if known:
        yield from ("", f"Known exceptions ({len(known)})")
        for one in known:
            well = results[one.address][0] is Finding.WELL
            yield f"  {one.address}: {one.reason} ({day(one.on)}){'. It answers now: take the exception away' if well else ''}"
    for one in exempt.values():
        if one.address not in found:
            yield f"  {one.address}: excepted, and nothing leads there any more: take the exception away"


def exceptions(file: Path) -> tuple[Exempt, ...]:
    """The known exceptions. Raises RegistryFaults with every fault in their file."""
    read = yaml_lines.read(file)
    faults = list(read.faults)

    def fault(path: tuple, found: str, expected: str, mend: str) -> None:
        faults.append(Fault(path, found, expected, mend, read.file, read.line(path)))

    items = read.data.get("exceptions") if isinstance(read.data, dict) else None
    if not faults and not isinstance(items, list):
        fault((), shown(items), "a list under 'exceptions'", "Write 'exceptions: []' where there are none.")
    made: dict[str, Exempt] = {}
    for index, item in enumerate(items if isinstance(items, list) else ()):
        path, keys = ("exceptions", index), Exempt.__slots__
        if not isinstance(item, dict):
            fault(path, shown(item), f"a mapping with {', '.join(keys)}", "Give all three.")
            continue
        for key in item.keys() - set(keys):
            fault((*path, key), f"the key {shown(key)}", f"one of {', '.join(keys)}", nearest(key, keys))
        for key in keys:
            if not isinstance(item.get(key), str) or not item[key].strip():
                fault((*path, key), shown(item.get(key)), "text", f"Write the {key} of the exception.")
        on = item.get("on")
        if isinstance(on, str) and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", on):
            fault((*path, "on"), shown(on), "a day as YYYY-MM-DD", "Write it as 2026-11-21.")
        if item.get("address") in made:
            fault((*path, "address"), f"{shown(item['address'])} a second time", "each address once", "Take one of the two away.")
        elif isinstance(item.get("address"), str):
            made[item["address"]] = Exempt(*(str(item.get(key)) for key in keys))
    if faults:
        raise RegistryFaults(faults)
    return tuple(made.values())


def ask(address: str) -> Reply:
    """Open an address as a browser would and read none of it."""
    request = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0 (link check of a public directory)"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return Reply(answer.status, answer.url)
    except urllib.error.HTTPError as error:
        return Reply(error.code, error.url or address)
    except (OSError, ValueError, ssl.SSLError) as error:
        return Reply(None, address, str(getattr(error, "reason", error)) or type(error).__name__)


def _asked(found: Iterable[str], ask: Ask) -> dict[str, Reply]:
    """Every reply, in the order given. Hosts are asked side by side, the addresses of one host one by one."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in found:
        hosts[_host(address)].append(address)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        every = pool.map(lambda mine: {address: ask(address) for address in mine}, hosts.values())
        replies = {address: reply for one in every for address, reply in one.items()}
    return {address: replies[address] for address in found}


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower().removeprefix("www.")
