"""Criteria: conditions that can be read, use facts that exist, and decide something."""

import itertools
from collections.abc import Iterator
from functools import lru_cache

from quiz import logic
from quiz.vocabulary import Place, Tier
from waymark_site.registry.faults import Fault, Path, nearest
from waymark_site.registry.view import EFFECTS, View


def grammar(view: View) -> Iterator[Fault]:
    for path, written in view.conditions():
        try:
            logic.parse(written)
        except logic.ConditionError as error:
            yield Fault((*path, *error.path), error.found.removeprefix("found "), error.expected,
                        "See ‘Criteria’ in CONTRIBUTING.md for what a condition can be.")


def known_facts(view: View) -> Iterator[Fault]:
    for path, expression in view.parsed():
        for leaf in logic.leaves(expression):
            yield from _leaf(view, path, leaf)
    for path, service in view.each("services"):
        yield from _words(view, (*path, "for_whom", "parties"), service.for_whom.parties, "focus")
        if service.referral:
            yield from _words(view, (*path, "referral", "who"), service.referral.who, "referrer")
        if service.area:
            yield from _words(view, (*path, "area", "places"), service.area.places, "area", set(Place))
        for index, price in enumerate(service.prices):
            yield from _words(view, (*path, "prices", index, "party"), (price.party,), "focus")
    for path, question in view.each("questions"):
        yield from _words(view, (*path, "asked_for"), question.asked_for, "focus")
        if bool(question.options) == bool(question.years):
            yield Fault(path, "options and years together" if question.years else "no options and no years",
                        "one of the two", "Give a closed list of options, or a range of years.")


def one_effect(view: View) -> Iterator[Fault]:
    for path, criterion in view.criteria():
        given = [effect for effect in EFFECTS if getattr(criterion, effect) is not None]
        if len(given) != 1:
            yield Fault(path, " and ".join(given) or "no effect", f"one of {', '.join(EFFECTS)}",
                        "Split it into several criteria." if given else "Say what the criterion does.")


def can_decide(view: View) -> Iterator[Fault]:
    for path, expression in view.parsed():
        names = set(logic.facts(expression))
        if not names <= set(view.options) | set(view.years):
            continue  # told by known_facts
        domains = tuple((name, _domain(view, expression, name)) for name in sorted(names))
        truth = _constant(expression, domains)
        if truth is not None:
            yield Fault(path, f"a condition that {'always' if truth else 'never'} holds",
                        "one that some cases meet and others do not", "Check its values, and what they are joined by.")


def or_browse_only(view: View) -> Iterator[Fault]:
    for path, service in view.each("services"):
        has_criteria = bool(service.criteria or service.shared_criteria)
        if has_criteria and service.browse_only:
            yield Fault((*path, "browse_only"), "criteria and browse_only together", "one of the two",
                        "A service with criteria can be an answer; take browse_only away, or the criteria.")
        elif not has_criteria and not service.browse_only:
            yield Fault(path, "no criteria", "criteria, or browse_only with a reason",
                        "Write the published criteria; where there are none, say so in browse_only.")
        elif has_criteria and service.tier is not Tier.CORE:
            yield Fault((*path, "tier"), f"criteria on a service of tier '{service.tier}'", "tier 'core'",
                        "Only an intervention in its own right can be an answer.")


def agree_on_area(view: View) -> Iterator[Fault]:
    areas = view.options.get("area", set())
    for path, service in view.each("services"):
        if service.area is None or set(Place) & set(service.area.places):
            continue
        named = {criterion.id for criterion in service.criteria} | set(service.shared_criteria)
        required = areas
        for _, expression in _required(view, service):
            if set(logic.facts(expression)) == {"area"}:
                required = required & {area for area in areas if logic.evaluate(expression, {"area": area})}
        asked = {area for area in required for expression in _asked(view, service)
                 if set(logic.facts(expression)) == {"area"} and logic.evaluate(expression, {"area": area})}
        if named and required - asked != set(service.area.places):
            yield Fault((*path, "area", "places"), ", ".join(sorted(service.area.places)),
                        f"the areas its criteria require ({', '.join(sorted(required - asked))})",
                        "Make the places and the criteria on area agree.")


def screening_whole(view: View) -> Iterator[Fault]:
    for path, service in view.each("services"):
        for index, question in enumerate(service.screening):
            here = (*path, "screening", index)
            options = view.options.get(question.fact)
            if options is None:
                yield Fault((*here, "fact"), f"'{question.fact}'", "a fact with options",
                            nearest(question.fact, view.options))
                continue
            values = [answer.value for answer in question.answers]
            if sorted(values) != sorted(options):
                yield Fault((*here, "answers"), ", ".join(values), f"each of {', '.join(sorted(options))} once",
                            "Give every answer of the question once.")


def _required(view: View, service) -> Iterator[tuple[Path, logic.Expression]]:
    yield from _effects(view, service, "requires")


def _asked(view: View, service) -> list[logic.Expression]:
    return [expression for _, expression in _effects(view, service, "ask_first")]


def _effects(view: View, service, effect: str) -> Iterator[tuple[Path, logic.Expression]]:
    shared = {item.id: item for _, item in view.each("shared_criteria")}
    sets = [shared[name].criteria for name in service.shared_criteria if name in shared]
    for criterion in itertools.chain(service.criteria, *sets):
        written = getattr(criterion, effect)
        if written is not None:
            try:
                yield (), logic.parse(written)
            except logic.ConditionError:
                continue


def _words(view: View, path: Path, words, fact: str, also: set[str] = frozenset()) -> Iterator[Fault]:
    known = view.options.get(fact)
    if known is None:
        return
    for index, word in enumerate(words):
        if word not in known | also:
            yield Fault((*path, index), f"'{word}'", f"a value of '{fact}'", nearest(word, known | also))


def _leaf(view: View, path: Path, leaf: logic.OneOf | logic.Between) -> Iterator[Fault]:
    fact = leaf.fact
    if fact not in view.options and fact not in view.years:
        yield Fault(path, f"the fact '{fact}'", "a fact of questions.yaml", nearest(fact, [*view.options, *view.years]))
    elif isinstance(leaf, logic.Between):
        if fact not in view.years:
            yield Fault(path, f"years for '{fact}'", "one of its values", nearest("", view.options[fact]))
        elif max(leaf.low or 0, leaf.high or 0) > view.years[fact].max:
            yield Fault(path, f"more than {view.years[fact].max} years", f"at most {view.years[fact].max}", "Check the age.")
    else:
        for value in sorted(map(str, leaf.values)):
            if fact in view.years:
                if not value.isdigit():
                    yield Fault(path, f"'{value}' for '{fact}'", "whole years", "Write a number, or from and to.")
            elif value not in view.options[fact]:
                yield Fault(path, f"'{value}'", f"a value of '{fact}'", nearest(value, view.options[fact]))


def _domain(view: View, expression: logic.Expression, name: str) -> tuple[logic.Value, ...]:
    """Every value of a closed fact; for years, each printed bound and its neighbours."""
    if name in view.options:
        return tuple(sorted(view.options[name]))
    years = view.years[name]
    points = {years.min, years.max}
    for leaf in logic.leaves(expression):
        if leaf.fact == name:
            bounds = (leaf.low, leaf.high) if isinstance(leaf, logic.Between) else leaf.values
            points |= {bound + step for bound in bounds if isinstance(bound, int) for step in (-1, 0, 1)}
    return tuple(sorted(point for point in points if years.min <= point <= years.max))


@lru_cache(maxsize=4096)
def _constant(expression: logic.Expression, domains: tuple) -> bool | None:
    """The one truth a condition has over all cases, or None when it has both."""
    names = [name for name, _ in domains]
    truths = set()
    for values in itertools.product(*(domain for _, domain in domains)):
        truths.add(logic.evaluate(expression, dict(zip(names, values, strict=True))))
        if len(truths) > 1:
            return None
    return truths.pop()
