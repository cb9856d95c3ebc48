"""A registry in which every field of the model holds something of its own, made from the model's types."""

import dataclasses
import itertools
import types
import typing
from typing import Any

from quiz import model
from quiz.vocabulary import SourceKind, Word

GIVEN: dict[str, Any] = {
    "Source.id": "book", "Provider.id": "team", "Document.id": "form", "SharedCriteria.id": "gate",
    "Service.id": "thing", "Disagreement.id": "differ", "Term.id": "word", "Helpline.id": "line", "Retired.id": "gone", "Claim.id": "claim",
    "Source.kind": SourceKind.REGISTRY,
    "Where.document": "book", "Service.provider": "team", "Service.documents": ("form",),
    "Service.shared_criteria": ("gate",), "Finding.disputed": "differ", "Disagreement.preferred": "claim",
    "Retired.successor": "thing", "Price.party": "both_parents", "ForWhom.parties": ("both_parents",),
    "Area.places": ("surrey", "varies"), "Synonym.facets": {"stage": ("early_help",)},
    "Synonym.services": ("thing",), "Synonym.terms": ("word",), "Synonym.helplines": ("line",),
} | dict.fromkeys(("Rule.services", "Study.services", "Disagreement.services", "Caution.services"), ("thing",))
"""Fields whose value must exist elsewhere."""

OTHERS = ("part_of", "combines", "before", "after", "instead", "beside")
"""Fields that name other services: each names one of its own, which has the name of the field."""

DAYS = {"checked", "on", "date"}


class _Filler:
    def __init__(self) -> None:
        self.numbers = itertools.count(101)

    def thing(self, kind: type, /, **given: Any) -> Any:
        """A thing of the model with something in every field."""
        hints = typing.get_type_hints(kind)
        return kind(**{field.name: self.value(kind, field.name, hints[field.name])
                       for field in dataclasses.fields(kind) if field.name not in given}, **given)

    def value(self, kind: type, name: str, hint: Any) -> Any:
        if f"{kind.__name__}.{name}" in GIVEN:
            return GIVEN[f"{kind.__name__}.{name}"]
        if name in OTHERS:
            return (name.replace("_", "-"),)
        if isinstance(hint, types.UnionType):
            hint = model.Range if model.Range in typing.get_args(hint) else typing.get_args(hint)[0]
        if typing.get_origin(hint) is tuple:
            return self.several(kind, name, typing.get_args(hint)[0])
        if typing.get_origin(hint) is dict:
            return {"stage": "early_help"}
        if hint is model.Range:
            return model.Range(min=next(self.numbers), max=next(self.numbers))
        if dataclasses.is_dataclass(hint):
            return self.thing(hint)
        if issubclass(hint, Word):
            return list(hint)[-1]
        if hint is bool:
            return True
        if hint is int:
            return next(self.numbers)
        if name in DAYS:
            return f"{2000 + next(self.numbers)}-06-30"
        return f"{kind.__name__} {name} {next(self.numbers)}"

    def several(self, kind: type, name: str, hint: Any) -> tuple:
        if hint is model.Contact:
            return self.thing(hint, withheld=None), self.thing(hint, value=None)
        if hint is model.Criterion:
            effects = ("requires", "excludes", "ask_first", "condition")
            return tuple(self.thing(hint, **dict.fromkeys({*effects} - {effect})) for effect in effects)
        return (self.value(kind, name, hint),)


def saturated(questions: tuple[model.Question, ...]) -> model.Registry:
    """A registry with one full thing in each section, and what that refers to. It is not checked."""
    fill = _Filler()
    registry = fill.thing(model.Registry, questions=questions)
    others = (fill.thing(model.Service, id=name.replace("_", "-"), part_of=(), combines=(), related=model.Related())
              for name in OTHERS)
    outside = fill.thing(model.Source, id="outside", kind=SourceKind.OUTSIDE)
    return dataclasses.replace(registry, services=(*registry.services, *others), sources=(*registry.sources, outside))
