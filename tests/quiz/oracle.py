"""What the published criteria say of a case, worked out a second time and in another way.

The oracle knows two values only. It reads conditions as they are written, looks at cases in which
every fact is answered, and says of a case with gaps whatever it says of any way to fill them. It
shares no code with `quiz.logic` and `quiz.suitability`.

Some spaces of cases have more than ten thousand million members. `Space` holds what is said of all of
them at once, as a decision diagram: a table in which equal parts are kept once. Nothing is sampled.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

EFFECTS = ("requires", "excludes", "ask_first", "condition")

Written = tuple[tuple[str, Mapping], ...]
"""Criteria as written: the effect and the condition of each."""


# —— One case, every fact answered ——

def written(service, registry) -> Written:
    """The criteria of a service as they stand in the file, shared ones first."""
    shared = {item.id: item.criteria for item in registry.shared_criteria}
    every = [*(one for name in service.shared_criteria for one in shared[name]), *service.criteria]
    return tuple((effect, getattr(one, effect)) for one in every for effect in EFFECTS if getattr(one, effect) is not None)


def holds(condition: Mapping, case: Mapping) -> bool:
    """Whether a condition, as written, holds for a case that answers all it asks."""
    return all(_holds(key, wanted, case) for key, wanted in condition.items())


def _holds(key: str, wanted: Any, case: Mapping) -> bool:
    if key == "all":
        return all(holds(part, case) for part in wanted)
    if key == "any":
        return any(holds(part, case) for part in wanted)
    if key == "not":
        return not holds(wanted, case)
    if isinstance(wanted, Mapping):
        return wanted.get("from", -1) <= case[key] <= wanted.get("to", 1000)
    return case[key] in (wanted if isinstance(wanted, list | tuple) else [wanted])


def verdict(criteria: Written, case: Mapping) -> str:
    """The verdict for a case that answers everything, as the table of the design gives it."""
    stops = {effect for effect, condition in criteria
             if holds(condition, case) is (effect in ("excludes", "ask_first"))}
    return next(word for effects, word in (({"requires", "excludes"}, "does_not_fit"), ({"ask_first"}, "ask_first"),
                                           ({"condition"}, "fits_if"), (stops, "fits")) if effects & stops or word == "fits")


# —— The facts, and answers that no criterion tells apart ——

def comparisons(condition: Mapping) -> Iterator[tuple[str, Any]]:
    """Each fact in a condition with what it is compared to."""
    for key, wanted in condition.items():
        if key in ("all", "any"):
            for part in wanted:
                yield from comparisons(part)
        elif key == "not":
            yield from comparisons(wanted)
        else:
            yield key, wanted


def answers(question) -> list:
    """Every answer that a question has."""
    return [option.value for option in question.options] or list(range(question.years.min, question.years.max + 1))


def classes(criteria: Written, questions: Mapping) -> dict[str, list[list]]:
    """The facts that criteria use, in the order of asking, with their answers grouped: those that no comparison
    tells apart stand together, so years fall into stretches between the printed bounds."""
    compared: dict[str, list] = {}
    for _, condition in criteria:
        for fact, wanted in comparisons(condition):
            compared.setdefault(fact, []).append({fact: wanted})
    groups = {}
    for fact, question in questions.items():
        if fact in compared:
            found: dict[tuple, list] = {}
            for answer in answers(question):
                found.setdefault(tuple(holds(one, {fact: answer}) for one in compared[fact]), []).append(answer)
            groups[fact] = list(found.values())
    return groups


# —— Whole spaces ——

class Node:
    """A fork of a diagram: one branch for each class of answers to a fact, and perhaps a last one for no answer."""

    __slots__ = ("level", "branches")

    def __init__(self, level: int, branches: tuple):
        self.level, self.branches = level, branches


class Space:
    """Every case over some facts. A diagram over it is a `Node`, or, where nothing more matters, the value itself."""

    def __init__(self, groups: Mapping[str, Sequence[Sequence]]):
        self.facts = tuple(groups)
        self.level = {fact: level for level, fact in enumerate(self.facts)}
        self.values = [tuple(group[0] for group in groups[fact]) for fact in self.facts]
        self.sizes = [tuple(len(group) for group in groups[fact]) for fact in self.facts]
        self._nodes: dict[tuple, Node] = {}

    def node(self, level: int, branches: tuple) -> Any:
        """The one diagram that forks like this."""
        first = branches[0]
        if all(branch is first or branch == first for branch in branches):
            return first
        key = (level, branches)
        found = self._nodes.get(key)
        if found is None:
            found = self._nodes[key] = Node(level, branches)
        return found

    def table(self, facts: Iterable[str], function: Callable[[dict], Any], gaps: bool) -> Any:
        """The diagram of a function of cases, called once for every case over these facts; with gaps, also those
        in which some are unanswered."""
        levels = sorted(self.level[fact] for fact in set(facts))

        def build(index: int, case: dict) -> Any:
            if index == len(levels):
                return function(case)
            level = levels[index]
            fact = self.facts[level]
            branches = tuple(build(index + 1, {**case, fact: value}) for value in self.values[level])
            return self.node(level, (*branches, build(index + 1, case)) if gaps else branches)

        return build(0, {})

    def apply(self, function: Callable, *diagrams: Any) -> Any:
        """The diagram of a function of the values of diagrams."""
        known: dict[tuple, Any] = {}

        def join(parts: tuple) -> Any:
            if parts not in known:
                levels = [part.level for part in parts if isinstance(part, Node)]
                if not levels:
                    known[parts] = function(*parts)
                else:
                    top = min(levels)
                    width = next(len(part.branches) for part in parts if isinstance(part, Node) and part.level == top)
                    split = [part.branches if isinstance(part, Node) and part.level == top else (part,) * width
                             for part in parts]
                    known[parts] = self.node(top, tuple(map(join, zip(*split, strict=True))))
            return known[parts]

        return join(diagrams)

    def fold(self, function: Callable, diagrams: Iterable, start: Any) -> Any:
        """Many diagrams joined one after another."""
        for diagram in diagrams:
            start = self.apply(function, start, diagram)
        return start

    def filled(self, diagram: Any, union: Callable) -> Any:
        """From a diagram of whole cases to one of cases with gaps: the union over all ways to fill them."""
        known: dict[Node, Any] = {}

        def fill(part: Any) -> Any:
            if not isinstance(part, Node):
                return part
            if part not in known:
                branches = tuple(map(fill, part.branches))
                known[part] = self.node(part.level, (*branches, self.fold(union, branches[1:], branches[0])))
            return known[part]

        return fill(diagram)

    def given(self, diagram: Any, fact: str, branch: int) -> Any:
        """The diagram where one fact has one class of answers (or none: -1)."""
        wanted = self.level[fact]
        known: dict[Node, Any] = {}

        def fix(part: Any) -> Any:
            if not isinstance(part, Node) or part.level > wanted:
                return part
            if part.level == wanted:
                return part.branches[branch]
            if part not in known:
                known[part] = self.node(part.level, tuple(map(fix, part.branches)))
            return known[part]

        return fix(diagram)

    def count(self, diagram: Any, wanted: Callable[[Any], bool], gaps: bool) -> int:
        """How many cases have a wanted value, each real answer counted."""
        known: dict[Any, int] = {}

        def below(part: Any, level: int) -> int:
            if level == len(self.facts):
                return int(wanted(part))
            if not isinstance(part, Node) or part.level > level:
                return below(part, level + 1) * (sum(self.sizes[level]) + gaps)
            if part not in known:
                known[part] = sum(size * below(branch, level + 1)
                                  for size, branch in zip((*self.sizes[level], 1), part.branches, strict=False))
            return known[part]

        return below(diagram, 0)

    def find(self, diagram: Any, wanted: Callable[[Any], bool]) -> dict | None:
        """A case with a wanted value, or None where there is none."""
        refused: set[Node] = set()

        def search(part: Any) -> dict | None:
            if not isinstance(part, Node):
                return {} if wanted(part) else None
            if part in refused:
                return None
            for index, branch in enumerate(part.branches):
                found = search(branch)
                if found is not None:
                    answered = index < len(self.values[part.level])
                    return {self.facts[part.level]: self.values[part.level][index], **found} if answered else found
            refused.add(part)
            return None

        return search(diagram)
