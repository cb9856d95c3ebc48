"""What is local about a registry, in a local edition: for pages to say so."""

from collections.abc import Mapping
from dataclasses import dataclass

WORDS = {"status": "whether it is offered", "contacts": "a contact", "prices": "the price"}
"""What can be local about a service of the registry, in words."""


@dataclass(frozen=True, slots=True)
class Local:
    """What is local about a registry."""

    area: str
    name: str
    maintainer: str
    date: str
    fields: Mapping[str, tuple[str, ...]]
    """What is local about each service of the registry: status, contacts or prices."""
    added: frozenset[str]
    """The ids of extra services and providers, and of the local telephone line."""

    def about(self, id: str) -> str:
        """What is local about a service, in words; empty where nothing is."""
        if id in self.added:
            return "the whole entry"
        parts = [WORDS[name] for name in self.fields.get(id, ())]
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
