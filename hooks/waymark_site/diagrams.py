"""Whole spaces of cases at once.

Some services read seventeen facts: more than ten thousand million cases with gaps. A decision diagram
holds what is said of every one of them, as a table in which equal parts are kept once: a fork for a
fact has one branch for each class of answers and, over cases with gaps, a last branch for no answer.
Nothing is sampled.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

NO_ANSWER = -1
"""The branch for no answer."""


class TooLarge(Exception):
    """A diagram would have more forks than it may."""


class Fork:
    """A place in a diagram where one fact decides."""

    __slots__ = ("level", "branches")

    def __init__(self, level: int, branches: tuple):
        self.level, self.branches = level, branches


class Space:
    """All cases over some facts. A diagram is a fork or, where nothing more matters, the value itself."""

    def __init__(self, groups: Mapping[str, Sequence[Sequence]], most: int | None = None):
        """`groups` has, for each fact, its answers in classes. More than `most` forks raise TooLarge."""
        self.most = most
        self.facts = tuple(groups)
        self.level = {fact: level for level, fact in enumerate(self.facts)}
        self.values = [tuple(group[0] for group in groups[fact]) for fact in self.facts]
        """One answer of each class, by level."""
        self.sizes = [tuple(len(group) for group in groups[fact]) for fact in self.facts]
        self._forks: dict[tuple, Fork] = {}

    def fork(self, level: int, branches: tuple) -> Any:
        """The one diagram with these branches."""
        if all(branch == branches[0] for branch in branches):
            return branches[0]
        if self.most is not None and len(self._forks) >= self.most:
            raise TooLarge
        return self._forks.setdefault((level, branches), Fork(level, branches))

    def table(self, facts: Iterable[str], function: Callable[[dict], Any], gaps: bool) -> Any:
        """A function as a diagram. It is called for every case over these facts; with gaps, for partial ones too."""
        levels = sorted(self.level[fact] for fact in set(facts))

        def build(index: int, case: dict) -> Any:
            if index == len(levels):
                return function(case)
            level = levels[index]
            branches = [build(index + 1, {**case, self.facts[level]: value}) for value in self.values[level]]
            return self.fork(level, (*branches, build(index + 1, case)) if gaps else tuple(branches))

        return build(0, {})

    def apply(self, function: Callable, *diagrams: Any) -> Any:
        """A function of what several diagrams say of the same case."""
        known: dict[tuple, Any] = {}

        def join(parts: tuple) -> Any:
            if parts not in known:
                forks = [part for part in parts if isinstance(part, Fork)]
                if not forks:
                    known[parts] = function(*parts)
                else:
                    top = min(forks, key=lambda part: part.level)
                    split = [part.branches if isinstance(part, Fork) and part.level == top.level
                             else (part,) * len(top.branches) for part in parts]
                    known[parts] = self.fork(top.level, tuple(map(join, zip(*split, strict=True))))
            return known[parts]

        return join(diagrams)

    def fold(self, function: Callable, diagrams: Iterable, start: Any) -> Any:
        """Many diagrams joined, one after another."""
        return reduce(lambda joined, diagram: self.apply(function, joined, diagram), diagrams, start)

    def filled(self, diagram: Any, union: Callable) -> Any:
        """From whole cases to cases with gaps: the union over every way to fill them."""
        return self._map(diagram, lambda part, branches: self.fork(
            part.level, (*branches, self.fold(union, branches[1:], branches[0]))))

    def given(self, diagram: Any, fact: str, branch: int) -> Any:
        """The diagram where one fact is already answered, or given as not answered."""
        wanted = self.level[fact]
        return self._map(diagram, lambda part, branches: branches[branch] if part.level == wanted
                         else self.fork(part.level, branches))

    def _map(self, diagram: Any, rebuild: Callable[[Fork, tuple], Any]) -> Any:
        known: dict[Fork, Any] = {}

        def visit(part: Any) -> Any:
            if not isinstance(part, Fork):
                return part
            if part not in known:
                known[part] = rebuild(part, tuple(map(visit, part.branches)))
            return known[part]

        return visit(diagram)

    def count(self, diagram: Any, wanted: Callable[[Any], bool] = lambda _: True, gaps: bool = True) -> int:
        """How many cases have a wanted value, every answer counted by itself; with gaps, partial cases among them."""
        known: dict[Fork, int] = {}

        def below(part: Any, level: int) -> int:
            if level == len(self.facts):
                return int(wanted(part))
            if not isinstance(part, Fork) or part.level > level:
                return below(part, level + 1) * (sum(self.sizes[level]) + gaps)
            if part not in known:
                known[part] = sum(size * below(branch, level + 1)
                                  for size, branch in zip((*self.sizes[level], 1), part.branches, strict=gaps))
            return known[part]

        return below(diagram, 0)

    def at(self, diagram: Any, case: Mapping) -> Any:
        """What a diagram over cases with gaps says of one case; answers must stand for their class."""
        while isinstance(diagram, Fork):
            fact = self.facts[diagram.level]
            diagram = diagram.branches[self.values[diagram.level].index(case[fact]) if fact in case else NO_ANSWER]
        return diagram

    def values_of(self, diagram: Any) -> set:
        """Every value that a diagram takes somewhere."""
        return {part for _, part in self.through(diagram) if not isinstance(part, Fork)}

    def find(self, diagram: Any, wanted: Callable[[Any], bool]) -> dict | None:
        """A case with a wanted value, or None where there is none at all."""
        return next((case for case, part in self.through(diagram) if not isinstance(part, Fork) and wanted(part)), None)

    def through(self, diagram: Any) -> Iterator[tuple[dict, Any]]:
        """For every branch of every fork, a case that goes that way, and where it leads."""
        seen = set()
        waiting: list[tuple[dict, Any]] = [({}, diagram)]
        while waiting:
            case, part = waiting.pop()
            yield case, part
            if isinstance(part, Fork) and part not in seen:
                seen.add(part)
                answers = [{self.facts[part.level]: value} for value in self.values[part.level]] + [{}]
                waiting += [({**case, **one}, branch) for one, branch in zip(answers, part.branches, strict=False)]
