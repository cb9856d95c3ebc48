"""Faults: what is wrong in a registry file, where, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]
"""The way from the top of the file to a value: keys and positions in lists."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a registry file."""

    path: Path
    """Where in the data; its first part names the section."""
    found: str
    """What stands there."""
    expected: str
    """What should stand there."""
    mend: str
    """What to do about it."""
    file: str = ""
    """The file; filled in when the fault is placed."""
    line: int = 0
    """The line in it, from 1; filled in when the fault is placed."""

    def __str__(self) -> str:
        where = show_path(self.path) or "the file"
        told = f"{self.file}:{self.line}: {where}: found {self.found}, expected {self.expected}. {self.mend}"
        return printable(told)


class RegistryFaults(ValueError):
    """A registry cannot be used. `faults` has every fault, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = sorted(set(faults), key=lambda fault: (fault.file, fault.line, str(fault)))
        super().__init__("\n".join(map(str, self.faults)))


def show_path(path: Path) -> str:
    """A path as people read it: `services[3].prices[0].party`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return printable(text)


def nearest(word: object, words: Iterable[str]) -> str:
    """A hint that names the word probably meant, or the words there are."""
    words = sorted(set(map(str, words)))
    close = get_close_matches(str(word), words, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    if not words:
        return "There are none."
    shown = ", ".join(words[:12])
    return f"It can be: {shown}{', …' if len(words) > 12 else ''}."


def shown(value: object) -> str:
    """A value as it is named in a fault, never longer than a line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"'{str(value).lower()}'"
    if isinstance(value, dict):
        return f"a mapping ({', '.join(map(str, list(value)[:4]))})" if value else "an empty mapping"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    text = printable(str(value).replace("\n", " "))
    return f"'{text[:57]}…'" if len(text) > 58 else f"'{text}'"


def printable(text: str) -> str:
    """The text on one line, with whatever a terminal would act on written out."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
