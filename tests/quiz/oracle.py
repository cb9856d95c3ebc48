"""What the published criteria say of a case, worked out a second time and in another way.

The oracle knows two values only. It reads conditions as they are written and looks at whole cases, in
which every fact is answered; of a case with gaps it says whatever it says of any way to fill them.
It shares no code with `quiz.logic` and `quiz.suitability`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

EFFECTS = ("requires", "excludes", "ask_first", "condition")

Written = tuple[tuple[str, Mapping], ...]
"""Criteria as written: the effect and the condition of each."""


def written(service, registry) -> Written:
    """The criteria of a service as they stand in the file, shared ones first."""
    shared = {item.id: item.criteria for item in registry.shared_criteria}
    every = [*(one for name in service.shared_criteria for one in shared[name]), *service.criteria]
    return tuple((effect, condition) for one in every for effect in EFFECTS
                 if (condition := getattr(one, effect)) is not None)


def holds(condition: Mapping, case: Mapping) -> bool:
    """Whether a condition holds for a case that answers all it asks."""
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


def stands_against(effect: str, condition: Mapping, case: Mapping) -> bool:
    """Whether a criterion keeps a whole case from fitting without more ado."""
    return holds(condition, case) is (effect in ("excludes", "ask_first"))


def worst(effects: set[str]) -> str:
    """The verdict, from the effects of the criteria that stand against it."""
    if effects & {"requires", "excludes"}:
        return "does_not_fit"
    return "ask_first" if "ask_first" in effects else "fits_if" if "condition" in effects else "fits"


def verdict(criteria: Written, case: Mapping) -> str:
    """The verdict for a whole case."""
    return worst({effect for effect, condition in criteria if stands_against(effect, condition, case)})


# —— Facts, and answers that no criterion tells apart ——

def comparisons(condition: Mapping) -> Iterator[tuple[str, Any]]:
    """Each fact in a condition, with what it is compared to."""
    for key, wanted in condition.items():
        if key in ("all", "any"):
            for part in wanted:
                yield from comparisons(part)
        elif key == "not":
            yield from comparisons(wanted)
        else:
            yield key, wanted


def facts(condition: Mapping) -> set[str]:
    """The facts that a condition reads."""
    return {fact for fact, _ in comparisons(condition)}


def answers(question) -> list:
    """Every answer that a question has."""
    return [option.value for option in question.options] or list(range(question.years.min, question.years.max + 1))


def classes(criteria: Written, questions: Mapping) -> dict[str, list[list]]:
    """The facts that criteria read, in the order of asking, with their answers in classes.

    Answers that no comparison tells apart stand together; years fall into stretches between printed bounds.
    """
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
