"""What must never happen, proved by a solver over every case at once.

Whole cases, every fact answered, are put to z3 straight from the written criteria: it finds no case that
breaks the claim, of all there are. From whole cases to cases with gaps it is one step, proved in
`test_suitability`: a definite verdict is the only one that any filling of the gaps gives. So a service
that never fits a whole case of some kind never fits a partial one that could be of that kind.
"""

import itertools

import pytest
import z3

import oracle
from quiz.pathway import ANSWERS, TRACKS, Notice, Person, answer, recommend
from quiz.suitability import Suitability, Verdict
from quiz.vocabulary import Kind, State

HIGH = "high_serious_harm_or_murder"


class World:
    """Every whole case, as variables of the solver."""

    def __init__(self, questions, spaces):
        self.questions, self.spaces = questions, spaces
        self.facts = {fact: z3.Int(fact) for fact in questions}
        self.number = {fact: {value: value if question.years else at for at, value in enumerate(values)}
                       for fact, question in questions.items() for values in [oracle.answers(question)]}
        self.bounds = [z3.And(min(numbers.values()) <= self.facts[fact], self.facts[fact] <= max(numbers.values()))
                       for fact, numbers in self.number.items()]

    def holds(self, condition, focus=None):
        """A written condition, as a formula; perhaps with the focus set to one person."""
        parts = []
        for key, wanted in condition.items():
            if key == "all":
                parts.append(z3.And([self.holds(part, focus) for part in wanted]))
            elif key == "any":
                parts.append(z3.Or([self.holds(part, focus) for part in wanted]))
            elif key == "not":
                parts.append(z3.Not(self.holds(wanted, focus)))
            elif isinstance(wanted, dict):
                years = self.facts[key]
                parts.append(z3.And(wanted.get("from", -1) <= years, years <= wanted.get("to", 1000)))
            else:
                words = wanted if isinstance(wanted, list | tuple) else [wanted]
                parts.append(z3.BoolVal(focus in words) if key == "focus" and focus else
                             z3.Or([self.facts[key] == self.number[key][word] for word in words]))
        return z3.And(parts)

    def against(self, id, effects, focus=None):
        """That some criterion of these effects stands against a service."""
        return z3.Or([self.stands_against(effect, condition, focus)
                      for effect, condition in self.spaces[id].written if effect in effects])

    def stands_against(self, effect, condition, focus=None):
        """That one criterion stands against a service."""
        holds = self.holds(condition, focus)
        return holds if effect in ("excludes", "ask_first") else z3.Not(holds)

    def fits(self, id, focus=None):
        """That a service fits without more ado."""
        return z3.Not(self.against(id, oracle.EFFECTS, focus))

    def fits_at_least_if(self, id, focus=None):
        """That a service fits, perhaps with something still to be arranged."""
        return z3.Not(self.against(id, ("requires", "excludes", "ask_first"), focus))

    def an_answer(self, id, focus=None):
        """That a service is worth taking forward, if only to ask."""
        return z3.Not(self.against(id, ("requires", "excludes"), focus))

    def find(self, *claims):
        """A case in which all of this holds, or None: there is none at all."""
        solver = z3.Solver()
        solver.add(*self.bounds, *claims)
        assert (result := solver.check()) != z3.unknown
        if result == z3.unsat:
            return None
        model = solver.model()
        words = {fact: {number: word for word, number in numbers.items()} for fact, numbers in self.number.items()}
        return {fact: words[fact][model[variable].as_long()] for fact, variable in self.facts.items()
                if model[variable] is not None}


@pytest.fixture(scope="session")
def world(questions, spaces):
    """Every whole case of the real registry."""
    return World(questions, spaces)


def people(focus):
    """The people whom a case with this focus is about."""
    return TRACKS.get(focus, (focus,))


def of(spaces, provider):
    """The services of a provider that can be an answer and are more than advice."""
    return [id for id, space in spaces.items() if space.candidate.service.provider == provider
            and space.candidate.service.kind is not Kind.CONSULTATION]


# —— The solver and the engine speak of the same ——

def test_the_solver_sees_what_the_engine_sees(world, spaces, rulebook):
    """For each service and person the solver finds a case of each kind of verdict where the oracle has one, and the
    engine gives that verdict for it."""
    found = 0
    for id, space in spaces.items():
        for person in space.people:
            kinds = {"fits": world.fits(id, person), "does_not_fit": z3.Not(world.an_answer(id, person)),
                     "fits_if": z3.And(world.fits_at_least_if(id, person), z3.Not(world.fits(id, person))),
                     "ask_first": z3.And(world.an_answer(id, person), z3.Not(world.fits_at_least_if(id, person)))}
            here = space.space.values_of(space.for_person(space.whole, person))
            for verdict, claim in kinds.items():
                case = world.find(claim)
                assert (case is not None) == (verdict in here), (id, person, verdict)
                if case is not None:
                    rest = {fact: values[0][0] for fact, values in space.groups.items()}
                    outcome = answer(rulebook, {**rest, **case, "focus": person})
                    assert [str(one.verdict) for one in outcome.people[0].answers if one.service.id == id] == [verdict]
                    found += 1
    assert found > 100


def test_a_case_of_both_parents_is_looked_at_for_each_parent_by_themselves(rulebook, spaces):
    """And for the packages of separate work: so whatever is for either of them is looked at."""
    outcome = answer(rulebook, {"focus": "both_parents"})
    assert [person.person for person in outcome.people] == ["both_parents", "victim_survivor", "person_using_harm"]
    for person in outcome.people:
        due = [id for id, space in spaces.items() if person.person in space.people]
        assert [one.service.id for one in person.answers] == due


# —— High risk ——

def test_high_risk_always_brings_the_idva_and_the_marac_as_a_fit(world, spaces, questions):
    """Whoever the case is about but professionals, no answer to anything else takes them away."""
    first = {id for id, space in spaces.items() if space.candidate.service.safety_first}
    assert first == {"idva", "marac"}
    for focus in set(oracle.answers(questions["focus"])) - {"professionals"}:
        for id in first:
            fits = [world.fits(id, person) for person in people(focus) if person in spaces[id].people]
            assert fits, (id, focus)
            high = world.facts["risk"] == world.number["risk"][HIGH]
            assert world.find(high, z3.Not(z3.Or(fits))) is None, (id, focus)


@pytest.mark.parametrize("focus", ["victim_survivor", "person_using_harm", "both_parents", "young_person_using_harm",
                                   "child_or_young_person"])
def test_high_risk_brings_them_first_even_with_nothing_else_known(focus, rulebook):
    """They fit with everything else unanswered, so, answers never flipping a fit, they do in every case; they stand
    first, and the notice before any answer says so."""
    outcome = answer(rulebook, {"focus": focus, "risk": HIGH})
    assert [(found.service.id, found.verdict) for found in outcome.recommended[:2]] == [
        ("idva", Verdict.FITS), ("marac", Verdict.FITS)]
    assert outcome.notices[0] is Notice.HIGH_RISK_FIRST


def test_nothing_is_part_of_a_package_that_could_hide_what_comes_first(spaces):
    """A package stands for its parts in what is recommended; no part is one of those that come first."""
    parts = {part for space in spaces.values() for part in space.candidate.service.combines}
    assert not parts & {id for id, space in spaces.items() if space.candidate.service.safety_first}


# —— Couple work ——

def test_work_with_a_couple_together_is_never_an_answer(registry, rulebook):
    """What is named but not listed is no service, no candidate and no other service's way on."""
    named = {item.id for item in registry.not_listed}
    assert "dao-joint-work" in named
    listed = {service.id for service in registry.services}
    ways_on = {other for service in registry.services for other in (
        *service.related.before, *service.related.after, *service.related.instead, *service.related.beside,
        *service.combines, *service.part_of)}
    assert not named & (listed | ways_on | set(rulebook.services))


def test_for_both_parents_there_are_only_packages_of_separate_work_and_assessments(spaces):
    """Nothing that works with two people is recommended for both: a package combines one piece of work for each, or
    is arranged piece by piece with the team; an assessment treats nobody."""
    both = [space.candidate.service for space in spaces.values() if "both_parents" in space.people]
    assert both
    for service in both:
        assert service.for_whom.parties == ("both_parents",), service.id
        assert service.kind in (Kind.PACKAGE, Kind.ASSESSMENT), service.id
        if service.kind is Kind.PACKAGE and service.combines:
            parts = [spaces[id].people for id in service.combines]
            assert sorted(parts) == [("person_using_harm",), ("victim_survivor",)], service.id
        elif service.kind is Kind.PACKAGE:
            assert "fits" not in spaces[service.id].space.values_of(spaces[service.id].whole), service.id


def test_a_case_of_both_parents_always_says_never_together(rulebook):
    """Whatever else is known."""
    for risk in (HIGH, "not_high", "not_assessed", None):
        case = {"focus": "both_parents"} | ({"risk": risk} if risk else {})
        assert Notice.NEVER_TOGETHER in answer(rulebook, case).notices


# —— What is excluded ——

def test_an_excluded_case_is_never_recommended(world, spaces):
    """For each service and each criterion that rules out: no case meets it and is still an answer."""
    claims = 0
    for id, space in spaces.items():
        for person in space.people:
            for effect, condition in space.written:
                if effect in ("requires", "excludes"):
                    out = world.stands_against(effect, condition, person)
                    assert world.find(out, world.an_answer(id, person)) is None, (id, effect, condition)
                    claims += 1
    assert claims > 100
    assert Verdict.DOES_NOT_FIT not in ANSWERS and Verdict.NEED_MORE not in ANSWERS


def test_dvact_never_fits_without_a_social_worker_and_child_protection_or_care_proceedings(world, spaces):
    """A plan beside pre-proceedings is child protection; without the social worker it is no answer at all."""
    stage, number = world.facts["stage"], world.number["stage"]
    gate = z3.And(world.facts["referrer"] == world.number["referrer"]["social_worker"], z3.Or(
        stage == number["child_protection"], stage == number["care_proceedings"],
        z3.And(stage == number["pre_proceedings_plo"], world.facts["cp_plan"] == world.number["cp_plan"]["yes"])))
    services = of(spaces, "dvact-pai")
    assert services
    for id in services:
        for person in spaces[id].people:
            assert world.find(world.fits_at_least_if(id, person), z3.Not(gate)) is None, id
            assert world.find(world.an_answer(id, person),
                              world.facts["referrer"] != world.number["referrer"]["social_worker"]) is None, id
    assert any(world.find(world.fits(id), gate) for id in services)


@pytest.mark.parametrize(("fact", "word"), [
    ("age", None), ("consent", "not_informed"), ("acknowledgement", "denies"), ("probation", "yes"),
    ("behaviour_is_da", "no_parental_conflict"), ("referrer", "self")])
def test_dao_never_fits_who_is_under_18_or_has_not_consented_or_denies_or_is_on_probation(world, spaces, fact, word):
    """Nor conflict between parents, nor who refers himself. What can fit at all does not even ask the team about them;
    a consultation is for the worker, so it is left out."""
    services = of(spaces, "west-sussex-dao")
    assert services
    kept_out = world.facts["age"] < 18 if word is None else world.facts[fact] == world.number[fact][word]
    can_fit = [id for id in services if world.find(world.fits_at_least_if(id, "person_using_harm"))]
    assert can_fit
    for id in services:
        assert world.find(world.fits_at_least_if(id, "person_using_harm"), kept_out) is None, (id, fact)
    for id in can_fit:
        assert world.find(world.an_answer(id, "person_using_harm"), kept_out) is None, (id, fact)


def test_with_nothing_known_nothing_fits(rulebook, questions):
    """Not before the focus is known, and not for any focus with everything else unanswered."""
    assert answer(rulebook, {}).recommended == ()
    for focus in oracle.answers(questions["focus"]):
        outcome = answer(rulebook, {"focus": focus}, frozenset(questions))
        assert outcome.recommended == ()
        assert {found.verdict for person in outcome.people for found in person.answers} == {Verdict.NEED_MORE}


# —— What is recommended, in which order ——

def test_whatever_two_services_are_recommended_the_order_is_the_rule(rulebook, registry, spaces):
    """Every two services with every two verdicts: what comes first for safety, then the better verdict, then what is
    known to stand today. So nothing with a stale source outranks a current one of the same verdict."""
    today = {service.id: stands_today(service, registry) for service in registry.services}
    verdicts = list(ANSWERS)
    found = [told(space.candidate.service, verdict) for space in spaces.values() for verdict in verdicts]

    def rank(one):
        return not one.service.safety_first, verdicts.index(one.verdict), not today[one.service.id]

    pairs = 0
    for one, other in itertools.combinations(found, 2):
        if one.service.id != other.service.id:
            for order in ((one, other), (other, one)):
                got = recommend(rulebook, (Person("anyone", order),))
                assert sorted(item.service.id for item in got) == sorted({one.service.id, other.service.id})
                assert rank(got[0]) <= rank(got[1])
            pairs += 1
    print(f"\n{pairs:,} pairs; {sum(today.values())} services of {len(today)} known to stand today")
    assert pairs > 5000


def told(service, verdict):
    """What is said of a service, without the reasons."""
    return Suitability(service, verdict, (), (), ())


def stands_today(service, registry):
    """Known to be active, and printed where its age is not past the limit."""
    status = service.status or next(one.status for one in registry.providers if one.id == service.provider)
    source = next(one for one in registry.sources if one.id == service.source.document)
    old = source.year is not None and source.stale_after_years is not None and \
        source.year + source.stale_after_years < int(registry.registry.date[:4])
    return status.state is State.ACTIVE and not old


def test_a_package_stands_for_its_parts_only_where_it_does_as_well_as_each(rulebook, spaces):
    """Every verdict of every package beside every verdict of its parts: none that is worth taking forward is lost."""
    for package in (space.candidate.service for space in spaces.values() if space.candidate.service.combines):
        services = [package, *(spaces[id].candidate.service for id in package.combines)]
        for verdicts in itertools.product(Verdict, repeat=len(services)):
            answers = list(map(told, services, verdicts))
            got = {found.service.id for found in recommend(rulebook, tuple(Person("p", (one,)) for one in answers))}
            worth = {found.service.id for found in answers if found.verdict in ANSWERS}
            own, *others = map(list(Verdict).index, verdicts)
            stands_for = len(worth) == len(services) and all(own <= other for other in others)
            assert got == ({package.id} if stands_for else worth)


def test_one_service_for_two_people_is_recommended_once_with_the_better_verdict(rulebook, spaces):
    """Every two verdicts of every service that is for more than one of the people in a case; of equals, the first."""
    for service in (space.candidate.service for space in spaces.values()):
        for verdicts in itertools.product(ANSWERS, repeat=2):
            first, second = (told(service, verdict) for verdict in verdicts)
            [got] = recommend(rulebook, (Person("a", (first,)), Person("b", (second,))))
            assert got is min(first, second, key=lambda found: ANSWERS.index(found.verdict))
