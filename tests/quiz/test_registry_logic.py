"""The criteria of the real registry make sense together: each service can be met and missed, each criterion counts."""

import itertools

import oracle
import pytest
from quiz.pathway import ANSWERS, TRACKS
from spaces import Space
from test_pathway import FOCUSES, Quiz, met

WORST_FIRST = ("does_not_fit", "ask_first", "fits_if", "fits")


def test_every_service_suits_somebody_and_nobody_is_suited_by_everything(spaces):
    """For each service there is a whole case worth taking forward, and one that it does not fit."""
    never_plainly = []
    for space in spaces.values():
        verdicts = space.space.values_of(space.whole)
        assert verdicts & set(ANSWERS), f"{space.id} is never suitable"
        assert "does_not_fit" in verdicts, f"{space.id} is always suitable"
        if "fits" not in verdicts:
            never_plainly.append(f"{space.id}: at best {max(verdicts, key=WORST_FIRST.index)}")
    print("\nnever fit without more ado:", *never_plainly, sep="\n  ")


def test_every_criterion_changes_the_verdict_of_some_case(spaces):
    """Without it, some whole case would have another verdict; a criterion that another covers is found here."""
    idle = [(space.id, check.criterion.id) for space in spaces.values() for index, check in enumerate(space.candidate.checks)
            if space.certain(leave_out=index) is space.whole]
    assert idle == []


def test_no_service_has_one_criterion_twice(spaces):
    """No two criteria of a service have the same effect and the same condition, or the same id."""
    for space in spaces.values():
        ids = [check.criterion.id for check in space.candidate.checks]
        assert len(ids) == len(set(ids)), space.id
        for one, other in itertools.combinations(space.written, 2):
            assert one != other, space.id


def test_every_fact_that_a_criterion_or_document_reads_is_asked_and_every_fact_asked_is_read(spaces, questions):
    """No fact is used and not asked, none is asked and not used."""
    used = {fact for space in spaces.values() for fact in space.groups} | {"focus"}
    assert used == set(questions)


@pytest.mark.parametrize("focus", FOCUSES)
def test_each_question_names_just_the_people_it_is_asked_for(focus, spaces, questions):
    """`asked_for` is what the quiz does: a question names a focus just when some way through its quiz asks it."""
    asked = {"focus", *met(Quiz(focus, spaces, questions))}
    named = {fact for fact, question in questions.items() if focus in question.asked_for}
    assert asked == named, f"not named: {asked - named}; never asked: {named - asked}"


def test_each_fact_that_a_service_reads_is_asked_for_everyone_that_the_service_is_for(spaces, questions):
    """What can matter to a service for a person is asked for that person, and for both parents with them."""
    for space in spaces.values():
        for person in space.people:
            focuses = {person} | {focus for focus, people in TRACKS.items() if person in people}
            for fact in set(space.groups) - {"focus"}:
                if space.space.find(space.for_person(space.can_matter(fact), person), bool) is not None:
                    assert focuses <= set(questions[fact].asked_for), (space.id, person, fact)


def test_a_package_for_both_parents_is_as_suitable_as_the_less_suitable_of_its_parts(spaces, questions):
    """Over every whole case: it fits just when both singles fit; and its verdict is always the worse of theirs."""
    packages = [space for space in spaces.values() if space.candidate.service.combines]
    assert packages
    for package in packages:
        parts = [spaces[id] for id in package.candidate.service.combines]
        every = Space(oracle.classes(tuple(one for space in (package, *parts) for one in space.written), questions))
        whole, *singles = (verdicts(every, space.written) for space in (package, *parts))
        least = every.apply(lambda *found: min(found, key=WORST_FIRST.index), *singles)
        differ = every.apply(lambda one, other: one != other and f"{one}, its parts {other}", whole, least)
        assert every.find(differ, bool) is None, (package.id, every.find(differ, bool), every.values_of(differ))
        assert sorted(person for part in parts for person in part.people) == ["person_using_harm", "victim_survivor"]


def verdicts(space, written):
    """The oracle's verdicts for some criteria, over a larger space."""
    effects = [space.table(oracle.facts(condition), lambda case, one=(effect, condition): frozenset(
        [one[0]] if oracle.stands_against(*one, case) else []), gaps=False) for effect, condition in written]
    return space.apply(oracle.worst, space.fold(frozenset.union, effects, frozenset()))


def test_an_excluded_case_does_not_fit_whatever_else_holds(spaces):
    """For each `excludes` and each `requires`: wherever it stands against a case, the case does not fit."""
    found = 0
    for space in spaces.values():
        for index, (effect, _) in enumerate(space.written):
            if effect in ("requires", "excludes"):
                slips = space.space.apply(lambda stands, verdict: stands and verdict != "does_not_fit",
                                          space.against(index), space.whole)
                assert space.space.find(slips, bool) is None, space.id
                found += 1
    assert found > 100


def test_every_stage_is_decided_for_every_service(spaces, questions):
    """With everything answered, each stage brings each service verdicts that are definite; and a stage of a service
    that reads it is told apart by its criteria alone: once it is answered, none of them waits for it."""
    lines = []
    for space in spaces.values():
        if "stage" not in space.groups:
            lines.append(f"{space.id}: any stage")
            continue
        for stage in oracle.answers(questions["stage"]):
            branch = space.branch("stage", stage)
            found = space.space.values_of(space.space.given(space.whole, "stage", branch))
            assert found and found <= set(WORST_FIRST)
            assert space.space.find(space.space.given(space.missing("stage"), "stage", branch), bool) is None
            lines.append(f"{space.id}: {stage}: at best {max(found, key=WORST_FIRST.index)}")
    print("", *lines, sep="\n")
    assert len(lines) > len(spaces)
