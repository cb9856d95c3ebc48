"""YAML as plain data that remembers its lines, read strictly.

People write the registry by hand, so whatever YAML does quietly is refused aloud: a key given
twice, an alias (which could also blow a small file up into a huge one), a tag, a key that is
not a word. `yes` and `no` are words here, and dates stay as written.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from waymark_site.registry import faults
from waymark_site.registry.faults import Fault

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MOST_BYTES = 200_000_000
DEEPEST = 30
"""No honest registry nests deeper."""

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
OTHER_PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}
QUOTED = ("'", '"', "|", ">")
"""The styles of a scalar that is always text."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file as read: its plain data, and the line of every value in it."""

    file: str
    data: Any
    lines: "Lines | None"
    faults: tuple[Fault, ...]

    def line(self, path: faults.Path) -> int:
        """The line (from 1) of the value at a path, or of the nearest thing above it."""
        here, line = self.lines, 1
        for part in path:
            if here is None or (at := here.inside.get(part)) is None:
                break
            here, line = at, at.line
        return line


class Lines:
    """Where a value begins, and the same for what is inside it, by key or position."""

    __slots__ = ("inside", "line")

    def __init__(self, line: int):
        self.line = line
        self.inside: dict[str | int, Lines] = {}


def read(path: Path) -> Read:
    """Read a YAML file. Whatever is wrong with it stands in `faults`; nothing is raised."""
    name = path.name

    def broken(found: str, expected: str, mend: str, line: int = 1) -> Read:
        return Read(name, None, None, (Fault((), found, expected, mend, name, line),))

    try:
        raw = path.read_bytes()
    except OSError as error:
        return broken(f"no readable file ({error.strerror or error})", f"the file {name}", "Check its name and place.")
    if len(raw) > MOST_BYTES:
        return broken(f"{len(raw):,} bytes", f"at most {MOST_BYTES:,}", "Look for something pasted in by mistake.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return broken(f"the byte 0x{raw[error.start]:02x}", "text in UTF-8", "Save the file as UTF-8.", line)
    if not text.strip():
        return broken("an empty file", "a registry", "Put it back from version control.")
    reading = _Reading()
    try:
        for event in yaml.parse(text, Loader):
            if not reading.take(event):
                break
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "something unreadable"
        line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
        return broken(f"YAML that cannot be read ({problem})", "valid YAML",
                      "Look at this line and the one above: indentation, a missing quote or a stray colon.", line)
    if reading.top is None:
        return broken("only comments", "a registry", "Put it back from version control.")
    placed = tuple(Fault(fault.path, fault.found, fault.expected, fault.mend, name, fault.line) for fault in reading.found)
    return Read(name, reading.data, reading.top, placed)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    value: list | dict
    lines: Lines
    path: faults.Path
    kept: bool
    """Whether it counts: what stands under a refused key does not."""
    key: str | None = None
    key_kept: bool = True
    key_line: int = 0


class _Reading:
    """Builds plain data from the parser's events, one by one: no depth of nesting can overflow it."""

    def __init__(self) -> None:
        self.data: Any = None
        self.top: Lines | None = None
        self.found: list[Fault] = []
        self.open: list[_Open] = []
        self.documents = 0

    def take(self, event: yaml.Event) -> bool:
        """Take the next event; False when reading on makes no sense."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            plain = event.value if event.style in QUOTED else _plain(event.value)
            if event.tag is not None and event.tag != "!":
                self._refuse_tag(event)
                plain = None
            return self._value(event, plain, event.value)
        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.tag is not None:
                self._refuse_tag(event)
            if len(self.open) >= DEEPEST:
                self._fault(event, f"more than {DEEPEST} levels of nesting", "a registry", "Look for stray brackets.")
                return False
            return self._value(event, {} if kind is yaml.MappingStartEvent else [], None)
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.open.pop()
        elif kind is yaml.AliasEvent:
            self._fault(event, "an alias (*name)", "the value itself", "Write it out: aliases are not used here.")
            return self._value(event, None, None)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._fault(event, "a second document (---)", "one registry", "Take the line of dashes away.")
                return False
        return True

    def _value(self, event: yaml.Event, value: Any, word: str | None) -> bool:
        """Put a value where it belongs, and go inside it if it is a list or mapping."""
        holder = self.open[-1] if self.open else None
        line = event.start_mark.line + 1
        lines = Lines(line)
        opens = type(value) is dict or type(value) is list
        path = self._path() if opens else ()
        kept = True
        if holder is None:
            self.data, self.top = value, lines
        elif type(holder.value) is dict and holder.key is None:
            self._key(holder, event, word)
            if word is not None:
                return True
            lines, kept = Lines(line), False  # a key that is a list or mapping: read past it
        elif type(holder.value) is dict:
            kept = holder.kept and holder.key_kept
            lines.line = holder.key_line
            if kept:
                holder.value[holder.key] = value
                holder.lines.inside[holder.key] = lines
            holder.key = None
        else:
            kept = holder.kept
            if kept:
                holder.lines.inside[len(holder.value)] = lines
                holder.value.append(value)
        if opens:
            self.open.append(_Open(value, lines, path, kept))
        return True

    def _key(self, holder: _Open, event: yaml.Event, word: str | None) -> None:
        holder.key_line = event.start_mark.line + 1
        holder.key_kept = word is not None and word not in holder.value
        if word is None:
            self._fault(event, "a key that is a list or a mapping", "a word", "Check the brackets and colons.")
        elif not holder.key_kept:
            self._fault(event, f"{faults.shown(word)} a second time", "each key once", "Take one of the two away.", word)
        holder.key = "" if word is None else word

    def _refuse_tag(self, event: yaml.Event) -> None:
        self._fault(event, f"the tag {event.tag}", "a plain value", "Take the tag away.")

    def _fault(self, event: yaml.Event, found: str, expected: str, mend: str, key: str | None = None) -> None:
        path = self._path() if key is None else (*self._path(), key)
        self.found.append(Fault(path, found, expected, mend, line=event.start_mark.line + 1))

    def _path(self) -> faults.Path:
        """The way to the value that is read next."""
        if not self.open:
            return ()
        holder = self.open[-1]
        if type(holder.value) is list:
            return (*holder.path, len(holder.value))
        return holder.path if holder.key is None else (*holder.path, holder.key)


def _plain(text: str) -> str | int | float | bool | None:
    """What an unquoted word stands for."""
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return OTHER_PLAIN.get(text, text)
