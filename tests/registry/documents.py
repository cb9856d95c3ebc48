"""The five source documents as words and numbers, to hold the registry against.

They are no part of the project. They are looked for in the folder `shared` beside it, or where the
environment variable WAYMARK_SHARED says.
"""

import functools
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.registry.real import ROOT

SOURCES = Path(os.environ.get("WAYMARK_SHARED", ROOT.parent / "shared")) / "sources"

needed = pytest.mark.skipif(
    not SOURCES.is_dir(),
    reason=f"the source documents are not in {SOURCES}: set WAYMARK_SHARED to the folder that holds 'sources'")

FILES = {"dvact-pai": "000", "dvip-2010": "001", "respect-factsheet": "002", "lancashire-jsna": "003",
         "dao-protocol": "004"}
"""The key of each document, and how its file name begins."""

SPELT = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen twenty").split()
NUMBERS = {word: str(number) for number, word in enumerate(SPELT)} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "hundred": "100", "once": "1", "twice": "2"}


@functools.cache
def inventory() -> dict[str, Any]:
    """The inventory of what the documents contain: its entries, and its issues."""
    return yaml.load((SOURCES / "inventory.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@functools.cache
def text(document: str) -> str:
    """The text of a document."""
    [file] = SOURCES.glob(f"{FILES[document]}_*.txt")
    return file.read_text(encoding="utf-8")


def words(written: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    spelt = written.lower().replace("’", "'").replace("&amp;", "and").replace("&", "and")
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", spelt)


@functools.cache
def running(document: str) -> str:
    """The words of a document with one space between them, and at both ends."""
    return f" {' '.join(words(text(document)))} "


@functools.cache
def figures(written: str) -> str:
    """A text in lower case with each number as digits: no commas, ½ as .5, and a word such as six as 6."""
    written = re.sub(r"(?<=\d),(?=\d{3})", "", written.lower().replace("–", "-").replace("&amp;", "&"))
    written = re.sub(r"\b(\w+) and a half\b", lambda found: f"{NUMBERS.get(found[1], found[1])}.5", written)
    written = re.sub(r"(\d) ?½", r"\1.5", written).replace("½", "0.5")
    return re.sub(r"[a-z]+", lambda found: NUMBERS.get(found[0], found[0]), written)


def numbers(written: str) -> set[str]:
    """The numbers in a text, with their pound or per cent sign: `£1000`, `83%`, `2.5`."""
    return set(re.findall(r"£?\d+(?:\.\d+)?%?", figures(written)))


def counts(document: str, number: float, unit: str) -> bool:
    """Whether a document prints a number with one of these units within the next few words."""
    return any(re.search(rf"\b({unit})", figures(text(document))[found.end():found.end() + 40])
               for found in re.finditer(rf"(?<![\d.£]){re.escape(f'{number:g}')}(?![\d%]|\.\d)",
                                        figures(text(document))))
