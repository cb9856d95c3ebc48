"""`make bench`: how fast the engine answers, beside a rules library and plain `if`s, all from one run.

Three ways to put the same rules stand beside the engine: JSON Logic (json-logic-qubit), ZEN (zen-engine, in
Rust) and a Python function of plain `if`s for each service, the limit of what Python can do. Each of them
gives the verdict alone; the engine also gives reasons, what is missing, what is recommended and what to
ask next. Before anything is timed, all verdicts are compared: where they differ, the benchmark stops.

A benchmark, not a test: it prints whether each goal is met, and exits 0 either way.
"""

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import json_logic
import zen

from quiz.logic import All, Any_, Between, Case, Expression, Not, OneOf, Value
from quiz.model import Criterion, Question, Registry, Service
from quiz.pathway import Outcome, Rulebook, answer, kept, tracks
from quiz.suitability import Candidate, Effect, Verdict, effect_of
from waymark_site.registry import read

ROOT = Path(__file__).resolve().parent.parent
SIZE = 5_000
"""Services of the generated registry."""
RUNS = 7
"""How often everything is timed; the middle run counts. The engines take turns."""
PEOPLE = ("victim_survivor", "person_using_harm", "both_parents")
COMPLETE = 200
"""Complete cases, drawn at random, whose verdicts are compared before the timing."""
ONE_IN = 5
"""One of so many conditions of a generated service is another than in the real one."""


def main() -> None:
    real = Rulebook(read(ROOT / "services.yaml", ROOT / "quiz" / "questions.yaml"))
    cases = [part for person in PEOPLE for part in parts(longest_case(real, person))]
    results = {}
    for rulebook in (real, Rulebook(generated(real, SIZE))):
        size = len(rulebook.candidates)
        print(f"Measuring {size:,} services …", file=sys.stderr, flush=True)
        engines = [Plain(rulebook), JsonLogic(rulebook), Zen(rulebook)]
        compare(rulebook, engines, [*cases, *complete_cases(rulebook, COMPLETE if rulebook is real else 5)])
        results[size] = measure(rulebook, engines, cases)
    print(table(results), flush=True)
    print(goals(results))


# The cases and the generated services


def longest_case(rulebook: Rulebook, person: str) -> Case:
    """A case answered to its last question, each answer the one that leaves most services possible."""
    outcome = answer(rulebook, {"focus": person})
    while (fact := outcome.next_question) is not None:
        outcome = max((answer(rulebook, {**outcome.case, fact: value}) for value in values(rulebook.questions[fact])),
                      key=Outcome.still_possible)
    return outcome.case


def parts(case: Case) -> Iterator[Case]:
    """A case after the four opening questions, half-way, and whole."""
    for length in (4, len(case) // 2, len(case)):
        yield dict(list(case.items())[:length])


def complete_cases(rulebook: Rulebook, number: int) -> Iterator[Case]:
    """Cases with every fact answered at random, the same in every run."""
    chance = random.Random(number)
    for _ in range(number):
        yield {fact: chance.choice(values(question)) for fact, question in rulebook.questions.items()}


def values(question: Question) -> list[Value]:
    """Every answer to a question."""
    if question.years:
        return list(range(question.years.min, question.years.max + 1))
    return [option.value for option in question.options]


def generated(real: Rulebook, size: int) -> Registry:
    """A registry of `size` services that can be answers: the real ones again and again, their conditions varied."""
    services = [found.service for found in real.candidates]
    shared = {item.id: item.criteria for item in real.registry.shared_criteria}
    return replace(real.registry, services=tuple(
        _clone(services[number % len(services)], number // len(services), shared, real.questions) for number in range(size)))


def _clone(service: Service, generation: int, shared: dict[str, tuple[Criterion, ...]],
           questions: dict[str, Question]) -> Service:
    """The service under another id, with all its criteria written out under other ids."""
    chance = random.Random(f"{service.id}-{generation}")
    criteria = [criterion for name in service.shared_criteria for criterion in shared[name]] + list(service.criteria)
    return replace(service, id=f"{service.id}-{generation}", shared_criteria=(),
                   combines=tuple(f"{part}-{generation}" for part in service.combines),
                   criteria=tuple(_varied_criterion(criterion, generation, chance, questions) for criterion in criteria))


def _varied_criterion(criterion: Criterion, generation: int, chance: random.Random,
                      questions: dict[str, Question]) -> Criterion:
    effect = effect_of(criterion)
    return replace(criterion, id=f"{criterion.id}-{generation}",
                   **{effect: _varied(getattr(criterion, effect), chance, questions)})


def _varied(written: dict[str, Any], chance: random.Random, questions: dict[str, Question]) -> dict[str, Any]:
    """A condition as written in YAML, with here and there one value more or less, or a bound a year further."""
    made = {}
    for key, value in written.items():
        if key in ("all", "any"):
            made[key] = [_varied(part, chance, questions) for part in value]
        elif key == "not":
            made[key] = _varied(value, chance, questions)
        elif chance.random() * ONE_IN >= 1:
            made[key] = value
        elif isinstance(value, dict):
            made[key] = {bound: years + (bound == "to") for bound, years in value.items()}
        else:
            held = list(value) if isinstance(value, list | tuple) else [value]
            other = chance.choice([option.value for option in questions[key].options])
            made[key] = [one for one in held if one != other] or held if other in held else [*held, other]
    return made


# The same rules put in other ways


class Engine:
    """A way to give the verdict on every service a case considers, ours left out."""

    name: str

    def __init__(self, rulebook: Rulebook):
        self.rulebook = rulebook
        self.rules = {candidate.service.id: self.rule(candidate) for candidate in rulebook.candidates}
        self.by_person = {person: [self.rules[candidate.service.id] for candidate in rulebook.considered(person)]
                          for person in values(rulebook.questions["focus"])}

    def verdicts(self, case: Case) -> list[str]:
        """The verdicts, in the order of `Outcome.people` and their answers."""
        return [self.verdict(rule, seen) for person, seen in tracks(case) for rule in self.by_person[person]]

    def rule(self, candidate: Candidate) -> Any:
        """The rules of one service, made ready."""
        raise NotImplementedError

    def verdict(self, rule: Any, case: Case) -> str:
        """The verdict of one such rule."""
        raise NotImplementedError


class Text:
    """How conditions are written in Python."""

    known = "is not None"

    def one_of(self, found: OneOf) -> str:
        return f"{found.fact} in {sorted(found.values)}"

    def between(self, found: Between) -> str:
        ends = ([f"{found.fact} >= {found.low}"] if found.low is not None else []) + \
               ([f"{found.fact} <= {found.high}"] if found.high is not None else [])
        return self.all([self.answered(found.fact), *ends])

    def answered(self, fact: str) -> str:
        return f"{fact} {self.known}"

    def all(self, tests: list[str]) -> str:
        return f"({' and '.join(tests)})"

    def any(self, tests: list[str]) -> str:
        return f"({' or '.join(tests)})"

    def no(self, test: str) -> str:
        return f"(not ({test}))"


class ZenText(Text):
    """How conditions are written in ZEN, which is as in Python but for one word."""

    known = "!= null"


class Json:
    """How conditions are written in JSON Logic. A missing fact is in no list and in no range."""

    def one_of(self, found: OneOf) -> dict:
        return {"in": [{"var": found.fact}, sorted(found.values)]}

    def between(self, found: Between) -> dict:
        fact = {"var": found.fact}
        if found.low is None:
            return {"<=": [fact, found.high]}
        return {">=": [fact, found.low]} if found.high is None else {"<=": [found.low, fact, found.high]}

    def answered(self, fact: str) -> dict:
        return {"!": {"missing": fact}}

    def all(self, tests: list[dict]) -> dict:
        return {"and": tests}

    def any(self, tests: list[dict]) -> dict:
        return {"or": tests}

    def no(self, test: dict) -> dict:
        return {"!": test}


Language = Text | Json


def holds(expression: Expression, say: Language) -> Any:
    """A two-valued test that is true when the condition is true, and false when it is false or open."""
    match expression:
        case OneOf():
            return say.one_of(expression)
        case Between():
            return say.between(expression)
        case Not(part):
            return fails(part, say)
        case All(parts):
            return say.all([holds(part, say) for part in parts])
        case Any_(parts):
            return say.any([holds(part, say) for part in parts])


def fails(expression: Expression, say: Language) -> Any:
    """A two-valued test that is true when the condition is false, and false when it is true or open."""
    match expression:
        case OneOf(fact) | Between(fact):
            return say.all([say.answered(fact), say.no(holds(expression, say))])
        case Not(part):
            return holds(part, say)
        case All(parts):
            return say.any([fails(part, say) for part in parts])
        case Any_(parts):
            return say.all([fails(part, say) for part in parts])


def steps(candidate: Candidate, say: Language) -> Iterator[tuple[Any, Verdict]]:
    """The tests of a service, to be tried in turn, with the verdict of the first that is true; if none is, it fits."""
    true = {effect: [holds(check.expression, say) for check in candidate.checks if check.effect is effect] for effect in Effect}
    false = {effect: [fails(check.expression, say) for check in candidate.checks if check.effect is effect] for effect in Effect}
    chain = (
        (false[Effect.REQUIRES] + true[Effect.EXCLUDES], Verdict.DOES_NOT_FIT),
        ([say.no(test) for test in true[Effect.REQUIRES] + false[Effect.EXCLUDES]], Verdict.NEED_MORE),
        (true[Effect.ASK_FIRST], Verdict.ASK_FIRST),
        ([say.no(test) for test in false[Effect.ASK_FIRST]], Verdict.NEED_MORE),
        (false[Effect.CONDITION], Verdict.FITS_IF),
        ([say.no(test) for test in true[Effect.CONDITION]], Verdict.NEED_MORE))
    return ((say.any(tests), verdict) for tests, verdict in chain if tests)


class Plain(Engine):
    """A Python function for each service: its facts, then plain `if`s."""

    name = "plain ifs"

    def rule(self, candidate: Candidate) -> Callable[[Case], str]:
        lines = [f"    {fact} = case.get({fact!r})" for fact in sorted(candidate.facts)]
        lines += [f"    if {test}: return {str(verdict)!r}" for test, verdict in steps(candidate, Text())]
        namespace: dict[str, Any] = {}
        exec("\n".join(["def rule(case):", *lines, f"    return {str(Verdict.FITS)!r}"]), namespace)
        return namespace["rule"]

    def verdict(self, rule: Callable[[Case], str], case: Case) -> str:
        return rule(case)


class JsonLogic(Engine):
    """A JSON Logic rule for each service."""

    name = "JSON Logic"

    def rule(self, candidate: Candidate) -> dict:
        chain = [part for test, verdict in steps(candidate, Json()) for part in (test, str(verdict))]
        return {"if": [*chain, str(Verdict.FITS)]}

    def verdict(self, rule: dict, case: Case) -> str:
        return json_logic.jsonLogic(rule, case)


class Zen(Engine):
    """A compiled ZEN expression for each person, that gives all verdicts at once: the facts are handed over once."""

    name = "ZEN (Rust)"

    def __init__(self, rulebook: Rulebook):
        super().__init__(rulebook)
        self.compiled = {person: zen.compile_expression(f"[{', '.join(rules)}]") for person, rules in self.by_person.items()}

    def verdicts(self, case: Case) -> list[str]:
        return [verdict for person, seen in tracks(case) for verdict in self.compiled[person].evaluate(seen)]

    def rule(self, candidate: Candidate) -> str:
        chain = "".join(f"{test} ? '{verdict}' : " for test, verdict in steps(candidate, ZenText()))
        return f"({chain}'{Verdict.FITS}')"


def compare(rulebook: Rulebook, engines: list[Engine], cases: list[Case]) -> None:
    """Stop unless every engine gives the verdicts that ours gives, and a changed answer the outcome of a full evaluation."""
    for case in cases:
        outcome = answer(rulebook, case)
        ours = [str(found.verdict) for person in outcome.people for found in person.answers]
        for engine in engines:
            if engine.verdicts(case) != ours:
                sys.exit(f"{engine.name} gives other verdicts than the engine for {case}.")
        for changed in changed_cases(rulebook, case):
            if answer(rulebook, changed, before=outcome) != answer(rulebook, changed):
                sys.exit(f"A changed answer gives another outcome than a full evaluation for {changed}.")


# Measuring


@dataclass
class Result:
    """What was measured at one size, in seconds of processor time, the middle of the runs."""

    full: list[float]
    """A full evaluation of each case."""
    others: dict[str, float]
    """All cases, by the other ways to put the rules."""
    changed: list[float]
    """Each change of one answer, as a part of a full evaluation of the same case."""
    touched: list[float]
    """The part of the services considered that reads the changed fact: less cannot be examined again."""
    gone_through: float
    """The slowest `kept`: all questions of a whole case gone through again."""

    @cached_property
    def total(self) -> float:
        """All cases, by the engine."""
        return sum(self.full)


def measure(rulebook: Rulebook, engines: list[Engine], cases: list[Case]) -> Result:
    """Time everything at one size. Garbage collection leaves out what was made before, for all engines alike."""
    gc.collect()
    gc.freeze()
    jobs = [lambda case=case: answer(rulebook, case) for case in cases]
    jobs += [lambda engine=engine: [engine.verdicts(case) for case in cases] for engine in engines]
    times = middle(jobs)
    whole = max(cases, key=len)
    changed = [ratio for case in cases for ratio in changed_ratios(rulebook, case)]
    touched = [touched_part(rulebook, case, fact) for case in cases for fact in case if fact != "focus"]
    gone_through, = middle([lambda: kept(rulebook, whole)])
    gc.unfreeze()
    return Result(times[:len(cases)], dict(zip((engine.name for engine in engines), times[len(cases):], strict=True)),
                  changed, touched, gone_through)


def changed_ratios(rulebook: Rulebook, case: Case) -> list[float]:
    """For each answer of a case, changed to another: the time with the outcome before, to that of a full evaluation."""
    held = answer(rulebook, case)
    times = middle([lambda changed=changed, before=before: answer(rulebook, changed, before=before)
                    for changed in changed_cases(rulebook, case) for before in (None, held)])
    return [again / full for full, again in zip(times[::2], times[1::2], strict=True)]


def touched_part(rulebook: Rulebook, case: Case, fact: str) -> float:
    """The part of the services considered for a case that reads a fact."""
    reads = [fact in candidate.facts for person, _ in tracks(case) for candidate in rulebook.considered(person)]
    return sum(reads) / len(reads)


def changed_cases(rulebook: Rulebook, case: Case) -> Iterator[Case]:
    """The case with each answer but the focus changed in turn, to the next value in the order of the question."""
    for fact, value in case.items():
        if fact != "focus":
            known = values(rulebook.questions[fact])
            yield {**case, fact: known[(known.index(value) + 1) % len(known)]}


def middle(jobs: list[Callable[[], object]]) -> list[float]:
    """Seconds of processor time that each job takes, the middle of the runs; the jobs take turns."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(RUNS):
        for job, found in zip(jobs, times, strict=True):
            start = time.process_time()
            job()
            found.append(time.process_time() - start)
    return [statistics.median(found) for found in times]


# Telling


def table(results: dict[int, Result]) -> str:
    """What was measured, one column for each size."""
    rows: dict[str, Callable[[Result], str]] = {
        "full evaluation, ms, middle case": lambda result: f"{statistics.median(result.full) * 1000:.2f}",
        "full evaluation, ms, slowest case": lambda result: f"{max(result.full) * 1000:.2f}",
    }
    for name in next(iter(results.values())).others:
        rows[f"{name}, verdicts only, to ours"] = lambda result, name=name: f"{result.others[name] / result.total:.2f}"
    rows |= {
        "changed answer to full, middle": lambda result: f"{statistics.median(result.changed):.2f}",
        "changed answer to full, least": lambda result: f"{min(result.changed):.2f}",
        "changed answer to full, most": lambda result: f"{max(result.changed):.2f}",
        "services that read the changed fact": lambda result: f"{statistics.median(result.touched):.2f}",
        "all questions gone through, ms": lambda result: f"{result.gone_through * 1000:.1f}",
    }
    lines = [f"The engine: middle of {RUNS} runs. Above 1 is slower than the engine.", "",
             f"{'services':<36}" + "".join(f"{size:>9,}" for size in results)]
    lines += [f"{name:<36}" + "".join(f"{of(result):>9}" for result in results.values()) for name, of in rows.items()]
    return "\n".join([*lines, ""])


def goals(results: dict[int, Result]) -> str:
    """Each goal, and whether it is met."""
    real, large = results.values()
    library = large.others[JsonLogic.name] / large.total
    changed = statistics.median(large.changed)
    slowest = max(real.full) * 1000
    return "\n".join([
        goal(slowest < 5, f"real registry, slowest full evaluation: {slowest:.2f} ms, goal under 5"),
        goal(library >= 5, f"{SIZE:,} services, faster than {JsonLogic.name}: {library:.1f} times, goal at least 5"),
        goal(changed <= 0.2, f"{SIZE:,} services, changed answer to full evaluation: {changed:.2f}, goal at most 0.2")])


def goal(met: bool, says: str) -> str:
    """One goal as a line."""
    return f"{'met' if met else 'NOT MET':<8} {says}"


if __name__ == "__main__":
    main()
