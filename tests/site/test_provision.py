"""The picture of provision says what the published criteria say, worked out here a second time from the file."""

import itertools
from urllib.parse import urldefrag

import pytest

from tests.quiz.oracle import answers, facts, holds, written
from tests.site.reading import SVG, text

ABOUT = {"stage", "risk"}


def truths(condition, case, questions):
    """What a condition can still come to, over every way to answer what the case leaves out."""
    left = sorted(facts(condition) - set(case))
    ways = itertools.product(*(answers(questions[fact]) for fact in left))
    return {holds(condition, case | dict(zip(left, way))) for way in ways}


def left_of(service, case, registry, questions):
    """Whether a service is not ruled out, and whether it names the stage or the risk as its own."""
    found = [(effect, facts(condition) & ABOUT, truths(condition, case, questions))
             for effect, condition in written(service, registry)]
    ruled_out = any(came == {effect == "excludes"} for effect, _, came in found if effect in ("requires", "excludes"))
    about = [(effect, came) for effect, named, came in found if named and effect != "condition"]
    plain = ("requires", {True}) in about and all(came == {effect == "requires"} for effect, came in about)
    return not ruled_out, not ruled_out and plain


@pytest.fixture(scope="module")
def expected(site):
    """For each person, the rows of the table: stage, then what is open and named for each finding about risk."""
    registry, questions = site.registry, {question.id: question for question in site.registry.questions}

    def values(fact, person):
        return site.labels[fact] if person in questions[fact].asked_for else {None: f"Any {fact}"}

    def cell(person, stage, risk):
        case = {fact: value for fact, value in (("focus", person), ("stage", stage), ("risk", risk)) if value}
        found = [left_of(service, case, registry, questions) for service in registry.services
                 if person in service.for_whom.parties and not service.browse_only]
        return sum(is_open for is_open, _ in found), sum(plain for _, plain in found)

    return {person: [(label, [cell(person, stage, risk) for risk in values("risk", person)])
                     for stage, label in values("stage", person).items()] for person in site.people}


@pytest.fixture(scope="module")
def tables(site, pages):
    return dict(zip(site.people, pages["provision/"].article.iterfind(".//table"), strict=True))


def words(open_, plain):
    return f"{plain or 'none'} {'name' if plain > 1 else 'names'} it" if open_ else "Nothing listed: what to do instead"


def test_every_number_is_what_the_criteria_come_to(expected, tables):
    for person, table in tables.items():
        shown = [(text(row.find("th")), [text(cell) for cell in row.iterfind("td")]) for row in table.iterfind("tbody/tr")]
        assert [label for label, _ in shown] == [label for label, _ in expected[person]], person
        for (label, cells), (_, counts) in zip(shown, expected[person], strict=True):
            for said, (open_, plain) in zip(cells, counts, strict=True):
                assert said.startswith(f"{open_} left open: ") if open_ else True, (person, label, said)
                assert said.endswith(words(open_, plain)), (person, label, said)


def test_the_bars_are_as_long_as_their_numbers(expected, tables):
    most = max(open_ for rows in expected.values() for _, cells in rows for open_, _ in cells)
    for person, table in tables.items():
        counts = [pair for _, cells in expected[person] for pair in cells if pair[0]]
        drawn = [[float(bar.get("width")) for bar in drawing.iter(f"{SVG}rect")]
                 for drawing in table.iter(f"{SVG}svg")]
        assert drawn == [[pytest.approx(120 * number / most, abs=.06) for number in pair] for pair in counts], person


def test_what_is_empty_is_counted_named_and_answered(site, expected, pages):
    page = pages["provision/"]
    cells = [(person, label, pair) for person, rows in expected.items() for label, found in rows for pair in found]
    empty = [(person, label) for person, label, (open_, _) in cells if not open_]
    assert f"Of {len(cells)} combinations of person, stage and risk, {len(empty)} have nothing listed." in text(page.article)
    named = {text(item).rsplit(":", 1)[0] for item in page.article.iterfind("ul/li") if text(item).endswith("whatever the risk.")}
    whole = {f"{site.labels['focus'][person]}, {label.lower()}" for person, rows in expected.items()
             for label, found in rows if not any(open_ for open_, _ in found)}
    assert named == whole and empty
    advised = page.article.find(".//ol[@class='steps']")
    assert {"services/idva/", "services/marac/", "services/dao-consultation/", "helplines/"} <= {
        target for link, target in page.links() if link in set(advised.iter("a"))}


def test_each_number_leads_to_the_list_behind_it(site, pages, tables):
    page = pages["provision/"]
    targets = dict(page.links())
    for person, table in tables.items():
        slug = person.replace("_", "-")
        for row in table.iterfind("tbody/tr"):
            for link in row.iter("a"):
                address, fragment = urldefrag(targets[link])
                if link.get("class") == "nothing":
                    assert (address, fragment) == ("provision/", "instead")
                elif f"services/for/{slug}/" in pages:
                    assert address.startswith(f"services/for/{slug}/")
                else:
                    assert (address, fragment) == ("people/", slug)


def test_it_says_what_it_does_not_count(pages):
    said = text(pages["provision/"].article)
    for part in ("no published criterion rules them out", "This is not a score", "Whether there is a place",
                 "Entries without published criteria", "as proof that nothing exists"):
        assert part in said
