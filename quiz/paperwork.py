"""The one list of documents to gather for the services taken forward, each named once."""

from collections.abc import Iterable
from dataclasses import dataclass

from quiz import logic
from quiz.logic import Case
from quiz.model import Document, Registry, Service


@dataclass(frozen=True, slots=True)
class Needed:
    """A document to gather."""

    document: Document
    services: tuple[Service, ...]
    """The chosen services that ask for it."""
    certain: bool
    """Whether the case settles that it is needed; if not, `waits_for` says on what that hangs."""
    waits_for: tuple[str, ...]
    """The unanswered facts that decide whether it is needed."""


def checklist(registry: Registry, services: Iterable[Service], case: Case) -> tuple[Needed, ...]:
    """Every document that the services ask for in this case, in the order of the registry."""
    chosen = tuple(services)
    found = []
    for document in registry.documents:
        asking = tuple(service for service in chosen if document.id in service.documents)
        condition = None if document.when is None else logic.parse(document.when)
        needed = True if condition is None else logic.evaluate(condition, case)
        if asking and needed is not False:
            waits = () if condition is None else tuple(dict.fromkeys(logic.open_facts(condition, case)))
            found.append(Needed(document, asking, needed is True, waits))
    return tuple(found)
