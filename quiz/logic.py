"""Three-valued conditions: a criterion over the facts of a case is true, false or unknown.

The truth tables, as in DMN FEEL (T true, F false, ? unknown):

    and | T F ?      or | T F ?      not |
    ----+------     ----+------     -----+--
     T  | T F ?       T | T T T       T  | F
     F  | F F F       F | T F ?       F  | T
     ?  | ? F ?       ? | T ? ?       ?  | ?

An unanswered fact makes its condition unknown: never no, and never yes.
A condition is parsed once from the form people write in YAML, and read as often as wanted; both are pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Value = str | int
Case = Mapping[str, Value]
"""The answered facts of a case: fact id to a word, or to whole years."""

Truth = bool | None
"""True, False, or None for unknown."""

Reading = bool | tuple[str, ...]
"""True, False, or, for unknown, the unanswered facts that keep a condition open, in the order written."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact has one of these values."""

    fact: str
    values: frozenset[Value]

    def read(self, case: Case) -> Reading:
        return case[self.fact] in self.values if self.fact in case else (self.fact,)


@dataclass(frozen=True, slots=True)
class Between:
    """The fact, in whole years, lies between these, both included; None is an open end."""

    fact: str
    low: int | None
    high: int | None

    def read(self, case: Case) -> Reading:
        if self.fact not in case:
            return (self.fact,)
        years = case[self.fact]
        return (self.low is None or self.low <= years) and (self.high is None or years <= self.high)


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: "tuple[Expression, ...]"

    def read(self, case: Case) -> Reading:
        still_open: tuple[str, ...] = ()
        for part in self.parts:
            reading = part.read(case)
            if reading is False:
                return False
            if reading is not True:
                still_open += reading
        return still_open or True


@dataclass(frozen=True, slots=True)
class Any_:
    """At least one part holds."""

    parts: "tuple[Expression, ...]"

    def read(self, case: Case) -> Reading:
        still_open: tuple[str, ...] = ()
        for part in self.parts:
            reading = part.read(case)
            if reading is True:
                return True
            if reading is not False:
                still_open += reading
        return still_open or False


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Expression"

    def read(self, case: Case) -> Reading:
        reading = self.part.read(case)
        return not reading if isinstance(reading, bool) else reading


Expression = OneOf | Between | All | Any_ | Not


class ConditionError(ValueError):
    """A condition is not in the grammar. `path` leads to the fault inside the condition."""

    def __init__(self, path: tuple[str | int, ...], found: str, expected: str):
        super().__init__(f"{found}, expected {expected}")
        self.path, self.found, self.expected = path, found, expected


def evaluate(expression: Expression, case: Case) -> Truth:
    """The truth of a condition for a case: True, False, or None when the case leaves it open."""
    reading = expression.read(case)
    return reading if isinstance(reading, bool) else None


def open_facts(expression: Expression, case: Case) -> tuple[str, ...]:
    """The unanswered facts that keep a condition open for a case; none when it is settled."""
    reading = expression.read(case)
    return () if isinstance(reading, bool) else reading


def facts(expression: Expression) -> Iterator[str]:
    """The facts a condition reads, in the order written; one may come more than once."""
    match expression:
        case OneOf(fact) | Between(fact):
            yield fact
        case Not(part):
            yield from facts(part)
        case All(parts) | Any_(parts):
            for part in parts:
                yield from facts(part)


def leaves(expression: Expression) -> Iterator[OneOf | Between]:
    """The comparisons a condition is made of, in the order written."""
    match expression:
        case OneOf() | Between():
            yield expression
        case Not(part):
            yield from leaves(part)
        case All(parts) | Any_(parts):
            for part in parts:
                yield from leaves(part)


def parse(written: Any, path: tuple[str | int, ...] = ()) -> Expression:
    """Read a condition as it is written in YAML.

    `fact: value` · `fact: [values]` (any of) · `fact: {from: 11, to: 18}` (either end may be
    left out) · `all: […]` · `any: […]` · `not: …`. Several facts in one mapping mean all of them.

    Raises ConditionError for anything else. Whether a fact or value exists is not checked here.
    """
    if not isinstance(written, Mapping) or not written:
        raise ConditionError(path, f"found {_show(written)}", "a fact with its value, or all, any or not")
    parts = tuple(_part(key, value, (*path, key)) for key, value in written.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _part(key: Any, value: Any, path: tuple[str | int, ...]) -> Expression:
    if key in ("all", "any"):
        if not isinstance(value, list | tuple) or not value:
            raise ConditionError(path, f"found {_show(value)}", f"a list of conditions under '{key}'")
        parts = tuple(parse(item, (*path, index)) for index, item in enumerate(value))
        return All(parts) if key == "all" else Any_(parts)
    if key == "not":
        return Not(parse(value, path))
    if isinstance(value, Mapping):
        return _between(str(key), value, path)
    values = value if isinstance(value, list | tuple) else [value]
    if not values:
        raise ConditionError(path, "found an empty list", "one or more values")
    for item in values:
        if not isinstance(item, str | int) or isinstance(item, bool):
            raise ConditionError(path, f"found {_show(item)}", "a word or a whole number")
    return OneOf(str(key), frozenset(values))


def _between(fact: str, bounds: Mapping, path: tuple[str | int, ...]) -> Between:
    if not bounds or set(bounds) - {"from", "to"}:
        raise ConditionError(path, f"found {_show(bounds)}", "from and to, in whole years")
    for name, bound in bounds.items():
        if not isinstance(bound, int) or isinstance(bound, bool):
            raise ConditionError((*path, name), f"found {_show(bound)}", "a whole number of years")
    low, high = bounds.get("from"), bounds.get("to")
    if low is not None and high is not None and low > high:
        raise ConditionError(path, f"found from {low} to {high}", "from not to be above to")
    return Between(fact, low, high)


def _show(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return f"a mapping with {', '.join(map(str, value)) or 'nothing in it'}"
    if isinstance(value, list | tuple):
        return "a list"
    return f"'{value}'"
