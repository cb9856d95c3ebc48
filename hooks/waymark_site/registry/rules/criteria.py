"""Criteria: conditions that can be read, use facts that exist, and decide something."""

import itertools
from collections.abc import Iterator
from functools import lru_cache

from quiz import logic, model
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
            yield from _word(view, (*path, "prices", index, "party"), price.party, "focus")
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
        if any(_leaf(view, path, leaf) for leaf in logic.leaves(expression)):
            continue  # told by known_facts
        domains = tuple((name, _domain(view, expression, name)) for name in sorted(set(logic.facts(expression))))
        if not all(domain for _, domain in domains):
            continue  # a range of years with no year in it, told by quantities
        truths = _truths(expression, domains)
        if len(truths) == 1:
            [truth] = truths
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
        if service.browse_only:
            continue
        required = {area for area in areas if all(logic.evaluate(expression, {"area": area})
                                                  for expression in _about_area(view, service, "requires"))}
        asked = {area for area in required if any(logic.evaluate(expression, {"area": area})
                                                  for expression in _about_area(view, service, "ask_first"))}
        if required - asked != set(service.area.places):
            yield Fault((*path, "area", "places"), ", ".join(sorted(service.area.places)) or "no place",
                        f"the areas its criteria require ({', '.join(sorted(required - asked)) or 'none'})",
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


def _about_area(view: View, service: model.Service, effect: str) -> Iterator[logic.Expression]:
    """The conditions on area alone that a service's criteria of one effect set."""
    shared = {item.id: item for _, item in view.each("shared_criteria")}
    sets = [shared[name].criteria for name in service.shared_criteria if name in shared]
    for criterion in itertools.chain(service.criteria, *sets):
        written = getattr(criterion, effect)
        if written is not None:
            try:
                expression = logic.parse(written)
            except logic.ConditionError:
                continue
            if set(logic.facts(expression)) == {"area"} and not any(_leaf(view, (), leaf) for leaf in logic.leaves(expression)):
                yield expression


def _words(view: View, path: Path, words, fact: str, also: set[str] = frozenset()) -> Iterator[Fault]:
    for index, word in enumerate(words):
        yield from _word(view, (*path, index), word, fact, also)


def _word(view: View, path: Path, word: str, fact: str, also: set[str] = frozenset()) -> Iterator[Fault]:
    known = view.options.get(fact)
    if known is not None and word not in known | also:
        yield Fault(path, f"'{word}'", f"a value of '{fact}'", nearest(word, known | also))


def _leaf(view: View, path: Path, leaf: logic.OneOf | logic.Between) -> list[Fault]:
    """What is wrong with one comparison: its fact, or its values."""
    return list(_leaf_faults(view, path, leaf))


def _leaf_faults(view: View, path: Path, leaf: logic.OneOf | logic.Between) -> Iterator[Fault]:
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
def _truths(expression: logic.Expression, domains: tuple) -> frozenset[bool]:
    """The truths a condition can have over all cases. Parts without a fact in common are looked at apart."""
    if isinstance(expression, logic.Not):
        return frozenset(not truth for truth in _truths(expression.part, domains))
    if isinstance(expression, logic.All | logic.Any_) and len(groups := _groups(expression.parts)) > 1:
        settles = isinstance(expression, logic.Any_)  # the truth of one part that settles the whole
        each = [_truths(type(expression)(group) if len(group) > 1 else group[0], domains) for group in groups]
        found = {settles} if any(settles in truths for truths in each) else set()
        return frozenset(found | ({not settles} if all((not settles) in truths for truths in each) else set()))
    names = set(logic.facts(expression))
    return frozenset(_search(expression, [(name, domain) for name, domain in domains if name in names], {}))


def _groups(parts: tuple[logic.Expression, ...]) -> list[tuple[logic.Expression, ...]]:
    """The parts in groups, such that no two groups read the same fact."""
    groups: list[tuple[set[str], tuple[logic.Expression, ...]]] = []
    for part in parts:
        names, joined = set(logic.facts(part)), (part,)
        for other in [group for group in groups if group[0] & names]:
            groups.remove(other)
            names, joined = names | other[0], other[1] + joined
        groups.append((names, joined))
    return [joined for _, joined in groups]


def _search(expression: logic.Expression, domains: list, case: dict) -> set[bool]:
    """The truths over every case that answers the rest; ends as soon as both are found."""
    truth = logic.evaluate(expression, case)
    if truth is not None:
        return {truth}
    name, domain = domains[len(case)]
    found: set[bool] = set()
    for value in domain:
        found |= _search(expression, domains, {**case, name: value})
        if len(found) == 2:
            break
    return found
