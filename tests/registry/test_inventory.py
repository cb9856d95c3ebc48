"""The registry holds all that the documents list: figures exactly as printed, and the rest in our own words."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.registry import documents
from tests.registry.real import data, registry, texts

pytestmark = documents.needed

NOT_AN_ISSUE = {"I-A11": "noise from scanning in handouts, from which no listed fact comes"}
"""Issues of the inventory that are neither a disagreement nor a caution, and why."""

NAMES = {"id", "name", "title", "also_known_as", "citation", "document", "section", "address"}
"""The keys whose text is a name, which may stand as printed."""

PRINTED_AS_IS = {"the domestic violence crime and victims act 2004": "the name of an Act",
                 "with the children young people and learning team": "the name of a team"}
"""Runs of eight words or more that a text of ours may share with a document."""

OUR_QUOTATIONS = {
    "ask the team first": "a verdict of this site", "not high": "an answer of this site",
    "not assessed": "an answer of this site",
    "doesn't work": "quoted from an outside page", "root causes": "quoted from an outside page",
    "dhr": "an abbreviation",
    "in plo": "an expression of the field", "on the register": "an expression of the field"}
"""What stands in quotation marks and in none of the documents, and why."""

NO_HEADING = {"title page": "has no heading of its own", "question 1": "is only numbered on the form"}
"""Parts of documents that have no heading, and why."""

NOT_IN_THE_DOCUMENT = {
    ("mtfc", "20"): "the years an adolescent surely is not: the text says that the document prints none",
    ("i-d4", "3"): "a count of the printed list",
    ("i-j11", "2024"): "the year of a later Act",
}
"""Numbers in our sentences that the document named beside them does not print, and why."""


# —— Entries and issues ——

def test_every_entry_of_the_inventory_is_listed_under_its_id():
    entries = {entry["id"] for entry in documents.inventory()["entries"]}
    sections = (registry().services, registry().rules, registry().evidence, registry().not_listed)
    listed = {item.id for section in sections for item in section}
    assert (len(entries), entries - listed) == (107, set())


def test_every_service_is_an_entry_of_the_inventory():
    entries = {entry["id"] for entry in documents.inventory()["entries"]}
    assert {service.id for service in registry().services} <= entries


def test_every_issue_of_the_inventory_is_a_disagreement_or_a_caution():
    issues = {issue["id"] for issue in documents.inventory()["issues"]}
    told = {item.id for item in (*registry().disagreements, *registry().cautions)}
    assert (len(issues), {issue for issue in issues if issue.lower() not in told}) == (80, set(NOT_AN_ISSUE))


# —— Our own words ——

def parts(value: Any, path: tuple = ()) -> Iterator[tuple[tuple, Any]]:
    """Every value in the registry with its path, in which an item stands under its id."""
    yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from parts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from parts(item, (*path, item["id"] if isinstance(item, dict) and "id" in item else index))


def test_no_text_of_ours_shares_eight_words_in_a_row_with_a_document():
    runs = {key: _runs(documents.words(documents.text(key))) for key in documents.FILES}
    exempt = set().union(*(_runs(words.split()) for words in PRINTED_AS_IS))
    shared = []
    for path, value in parts(data()):
        if isinstance(value, str) and not NAMES.intersection(path) and not value.startswith("https://"):
            ours = _runs(documents.words(_unquoted(value))) - exempt
            shared += [f"{path}: {' '.join(run)} ({key})" for key in runs for run in ours & runs[key]]
    assert not shared, "\n".join(shared)


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start:start + 8]) for start in range(len(words) - 7)}


def _unquoted(written: str) -> str:
    return re.sub(r"‘.*?’(?!\w)|“[^”]*”", " · ", written, flags=re.DOTALL)


def quotations() -> set[str]:
    """The words of everything that stands in single quotation marks."""
    found = (quotation for written in texts(data()) for quotation in re.findall(r"‘(.*?)’(?!\w)", written))
    return {" ".join(documents.words(quotation)) for quotation in found}


def test_what_stands_in_quotation_marks_stands_in_a_document():
    every = "".join(map(documents.running, documents.FILES))
    assert {quotation for quotation in quotations() if f" {quotation} " not in every} - set(OUR_QUOTATIONS) == set()


def test_every_section_that_is_named_is_a_heading_or_row_of_its_document():
    unknown = set()
    for path, value in parts(data()):
        if isinstance(value, dict) and value.get("document") in documents.FILES:
            printed = documents.running(value["document"])
            pieces = [value["section"]] if _in(value["section"], printed) else re.split("[:,]", value["section"])
            unknown |= {(value["document"], piece.strip()) for piece in pieces
                        if not _in(piece, printed) and piece.strip().lower() not in NO_HEADING}
    assert unknown == set()


def _in(piece: str, printed: str) -> bool:
    return f" {' '.join(documents.words(piece))} " in printed


# —— Figures ——

def printed() -> Iterator[tuple[tuple, str, dict]]:
    """Every part of the registry that rests on one of the five documents: its path, the document and the part."""
    for path, value in parts(data()):
        source = value.get("source") if isinstance(value, dict) else None
        if isinstance(source, dict) and source["document"] in documents.FILES:
            yield path, source["document"], value


UNITS = {"weeks": "week", "months": "month", "sessions": "session|meeting|individual|group", "hours": "hour",
         "hours_each": "hour|hr",
         "minutes_each": "min", "worker_hours": "hour"}


@pytest.mark.parametrize("field", UNITS)
def test_every_quantity_is_printed_with_its_unit_in_the_document_it_names(field):
    missing = [(path, number) for path, document, part in printed()
               for number in _ends(part.get(field)) if not documents.counts(document, number, UNITS[field])]
    assert missing == []


def _ends(quantity: Any) -> list[float]:
    return list(quantity.values()) if isinstance(quantity, dict) else [] if quantity is None else [quantity]


def test_every_price_is_printed_in_the_document_it_names():
    prices = [(path, document, part["amount"]) for path, document, part in printed() if "amount" in part]
    assert len(prices) >= 9
    assert [price for price in prices if f"£{price[2]}" not in documents.numbers(documents.text(price[1]))] == []


def test_every_age_is_printed_in_the_document_it_names():
    missing = [(path, part[end]) for path, document, part in printed() if "as_printed" in part for end in ("min", "max")
               if end in part and str(part[end]) not in documents.numbers(documents.text(document))]
    assert missing == []


def test_every_figure_and_every_number_in_a_sentence_is_printed_in_the_document_it_names():
    missing = []
    for path, document, part in printed():
        written = [part[key] for key in ("figure", "value", "says", "frequency", "as_printed", "period", "clock",
                                         "citation", "name", "includes")
                   if isinstance(part.get(key), str) and not (key == "value" and "kind" in part)]
        found = set().union(*map(documents.numbers, written)) | {str(part[key]) for key in ("n", "year") if key in part}
        missing += [(path[1], number) for number in found - documents.numbers(documents.text(document))]
    assert set(missing) - set(NOT_IN_THE_DOCUMENT) == set()


SQUEEZED = {"phone": lambda written: re.sub(r"\D", "", written),
            "web": lambda written: re.sub(r"https?://|/$", "", written)}
"""What to leave out of a contact, and of the document, before looking for the one in the other."""


def test_every_contact_is_printed_in_the_document_it_names():
    missing = []
    for path, document, part in printed():
        if "kind" in part and "label" in part and "value" in part:
            squeezed = SQUEEZED.get(part["kind"], str)
            if squeezed(part["value"]) not in squeezed(documents.text(document)):
                missing.append((path, part["value"]))
    assert missing == []


def test_every_exception_is_still_needed():
    every = " ".join(documents.words(" ".join(texts(data()))))
    named = (value for path, value in parts(data()) if path[-1:] == ("section",))
    sections = {piece.strip().lower() for section in named for piece in re.split("[:,]", section)}
    assert all(words in every for words in PRINTED_AS_IS)
    assert set(OUR_QUOTATIONS) <= quotations()
    assert set(NO_HEADING) <= sections
    assert {item for item, _ in NOT_IN_THE_DOCUMENT} <= {path[1] for path, _ in parts(data()) if len(path) > 1}
