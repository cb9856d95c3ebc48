"""The registry as its readers meet it: each thing with everything that bears on it.

Pure look-ups over a checked registry. What a page shows beyond the file itself (totals, stages,
how old a document is) is derived here or in `quiz`, never written down a second time.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from quiz import logic, model, timeline
from quiz.pathway import Rulebook
from quiz.standing import is_stale
from quiz.suitability import Check, Effect
from quiz.vocabulary import Holder, Place, SourceKind, State, Topic
from waymark_site.answers import Answer, said
from waymark_site.changelog import Version
from waymark_site.facets import Facet, facets
from waymark_site.upkeep import Due, dues
from waymark_site.worksheets import Worksheet, worksheets

@dataclass(frozen=True)
class Site:
    """A registry and its indexes."""

    registry: model.Registry
    versions: tuple[Version, ...] = ()
    """What changed with each version that was recorded, the latest first."""

    @property
    def local(self) -> model.Local | None:
        """What is local about it, in a local edition."""
        return self.registry.registry.local

    @cached_property
    def today(self) -> datetime.date:
        """The day the registry speaks for."""
        return datetime.date.fromisoformat(self.registry.registry.date)

    @cached_property
    def services(self) -> dict[str, model.Service]:
        """Services by id, in the order of the registry."""
        return {service.id: service for service in self.registry.services}

    @cached_property
    def providers(self) -> dict[str, model.Provider]:
        """Providers by id."""
        return {provider.id: provider for provider in self.registry.providers}

    @cached_property
    def documents(self) -> dict[str, model.Document]:
        """Referral documents by id."""
        return {document.id: document for document in self.registry.documents}

    @cached_property
    def sources(self) -> dict[str, model.Source]:
        """Publications by id."""
        return {source.id: source for source in self.registry.sources}

    @cached_property
    def terms(self) -> dict[str, model.Term]:
        """Words of the glossary by id."""
        return {term.id: term for term in self.registry.glossary}

    @cached_property
    def helplines(self) -> dict[str, model.Helpline]:
        """Numbers to ring by id."""
        return {line.id: line for line in self.registry.helplines}

    @cached_property
    def main_sources(self) -> tuple[model.Source, ...]:
        """The documents that the registry is made from."""
        return tuple(source for source in self.registry.sources if source.kind is SourceKind.REGISTRY)

    @cached_property
    def outside_sources(self) -> tuple[model.Source, ...]:
        """The outside pages that a status, a correction or a helpline rests on."""
        return tuple(source for source in self.registry.sources if source.kind is SourceKind.OUTSIDE)

    @cached_property
    def questions(self) -> dict[str, model.Question]:
        """Questions by the fact they ask for, in the order of asking."""
        return {question.id: question for question in self.registry.questions}

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """The plain label of each value of each fact."""
        return {question.id: {option.value: option.label for option in question.options}
                for question in self.registry.questions}

    @cached_property
    def people(self) -> dict[str, str]:
        """The short label of each value of `focus`, for tables."""
        return {option.value: option.short or option.label
                for question in self.registry.questions if question.id == "focus" for option in question.options}

    @cached_property
    def disagreements(self) -> dict[str, list[model.Disagreement]]:
        """Disagreements by the services they concern."""
        return _by_service(self.registry.disagreements)

    @cached_property
    def cautions(self) -> dict[str, list[model.Caution]]:
        """Cautions by the services they concern."""
        return _by_service(self.registry.cautions)

    @cached_property
    def rules(self) -> dict[str, list[model.Rule]]:
        """Rules by the services they apply to."""
        return _by_service(self.registry.rules)

    @cached_property
    def studies(self) -> dict[str, list[model.Study]]:
        """Studies by the services they bear on."""
        return _by_service(self.registry.evidence)

    @cached_property
    def by_provider(self) -> dict[str, list[model.Service]]:
        """Services by provider."""
        index: dict[str, list[model.Service]] = defaultdict(list)
        for service in self.registry.services:
            index[service.provider].append(service)
        return index

    @cached_property
    def by_document(self) -> dict[str, list[model.Service]]:
        """Services by the referral documents they ask for."""
        index: dict[str, list[model.Service]] = defaultdict(list)
        for service in self.registry.services:
            for document in service.documents:
                index[document].append(service)
        return index

    @cached_property
    def by_source(self) -> dict[str, list[model.Service]]:
        """Services by the source that mainly describes them."""
        index: dict[str, list[model.Service]] = defaultdict(list)
        for service in self.registry.services:
            index[service.source.document].append(service)
        return index

    @cached_property
    def by_party(self) -> dict[str, list[model.Service]]:
        """Services by the people they are for: the values of `focus`, in the order of its question."""
        return {party: [service for service in self.registry.services if party in service.for_whom.parties]
                for party in self.labels["focus"]}

    @cached_property
    def differing(self) -> dict[str, list[model.Disagreement]]:
        """Disagreements by the sources whose claims they hold."""
        index: dict[str, list[model.Disagreement]] = defaultdict(list)
        for disagreement in self.registry.disagreements:
            for source in dict.fromkeys(claim.source.document for claim in disagreement.claims):
                index[source].append(disagreement)
        return index

    @cached_property
    def tally(self) -> dict[str, int]:
        """How many services have a printed price, have none, and have published criteria."""
        services = self.registry.services
        priced = sum(bool(service.prices) for service in services)
        return {"priced": priced, "unpriced": len(services) - priced,
                "with_criteria": sum(not service.browse_only for service in services)}

    @cached_property
    def topics(self) -> list[tuple[Topic, int, int]]:
        """For each topic, how many services do not print it, and for how many it does not arise."""
        return [(topic, sum(topic in service.not_printed for service in self.registry.services),
                 sum(topic in service.not_applicable for service in self.registry.services)) for topic in Topic]

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """The facets of the directory by id, in the order of the filter form."""
        return {facet.id: facet for facet in facets(self)}

    @cached_property
    def dues(self) -> dict[tuple[str, str], list[Due]]:
        """What falls due, by the section and id of the thing."""
        index: dict[tuple[str, str], list[Due]] = defaultdict(list)
        for due in dues(self.registry):
            index[due.section, due.id].append(due)
        return dict(index)

    @cached_property
    def worksheets(self) -> tuple[Worksheet, ...]:
        """The sheets to print, in the order in which they are listed."""
        return worksheets(self)

    def worksheets_for(self, *, service: str = "", document: str = "") -> list[Worksheet]:
        """The sheets that belong to a service, or that name a referral document."""
        return [sheet for sheet in self.worksheets if service in sheet.services or document in sheet.documents]

    @cached_property
    def by_holder(self) -> dict[Holder, list[model.Document]]:
        """Referral documents by who holds them, in the order of the closed list."""
        index = {holder: [document for document in self.registry.documents if holder in document.holders] for holder in Holder}
        return {holder: documents for holder, documents in index.items() if documents}

    @cached_property
    def by_referral(self) -> dict[str, list[model.Document]]:
        """Referral documents by the provider whose services ask for them."""
        return {provider.id: documents for provider in self.registry.providers if (documents := [
            document for document in self.registry.documents
            if any(service.provider == provider.id for service in self.by_document.get(document.id, ()))])}

    @cached_property
    def parts(self) -> dict[str, list[model.Service]]:
        """Components by the services they are part of."""
        index: dict[str, list[model.Service]] = defaultdict(list)
        for service in self.registry.services:
            for whole in service.part_of:
                index[whole].append(service)
        return index

    @cached_property
    def rulebook(self) -> Rulebook:
        """The registry made ready to answer cases."""
        return Rulebook(self.registry)

    @cached_property
    def _checks(self) -> dict[str, tuple[Check, ...]]:
        return {candidate.service.id: candidate.checks for candidate in self.rulebook.candidates}

    def checks(self, service: model.Service) -> tuple[Check, ...]:
        """Every criterion of a service, made ready to be read; none where it is only to browse."""
        return self._checks.get(service.id, ())

    def status(self, service: model.Service) -> model.Status:
        """A service's own status, or else its provider's."""
        return service.status or self.providers[service.provider].status

    def is_old(self, source_id: str) -> bool:
        """Whether a source is past its limit, so that what rests on it is shown as old."""
        return is_stale(self.sources[source_id], self.today)

    def needs_banner(self, service: model.Service) -> bool:
        """Whether a reader must be told, before anything else, that a service may not stand as printed."""
        return self.status(service).state is not State.ACTIVE or self.is_old(service.source.document)

    def glance(self, service: model.Service) -> tuple[str, str, str]:
        """For whom, where and at what price, each in a few words."""
        return self._glances[service.id]

    @cached_property
    def _glances(self) -> dict[str, tuple[str, str, str]]:
        places = self.labels["area"] | {place.value: place.label for place in Place}
        return {service.id: (
            "Any case at high risk" if service.safety_first else
            ", ".join(self.people[party] for party in service.for_whom.parties),
            ", ".join(places[place] for place in service.area.places) if service.area else
            f"Area {'does not apply' if Topic.AREA in service.not_applicable else 'not printed'}",
            ", ".join(f"£{price.amount:,} {price.unit.label}" for price in service.prices)
            or f"Price: {service.price_status.label.lower()}") for service in self.registry.services}

    def contacts(self, service: model.Service) -> tuple[model.Contact, ...]:
        """A service's own contacts, then its provider's."""
        own = service.contacts
        return own + tuple(contact for contact in self.providers[service.provider].contacts if contact not in own)

    def criteria_by_effect(self, service: model.Service) -> dict[Effect, list[model.Criterion]]:
        """The criteria under the headings a worker reads, empty headings left out."""
        groups: dict[Effect, list[model.Criterion]] = {effect: [] for effect in Effect}
        for check in self.checks(service):
            groups[check.effect].append(check.criterion)
        return {effect: criteria for effect, criteria in groups.items() if criteria}

    def stages(self, service: model.Service) -> dict[str, Answer]:
        """What the criteria say of each stage, by its label; empty where no criterion reads it."""
        checks = [check for check in self.checks(service) if "stage" in logic.facts(check.expression)]
        if not checks:
            return {}
        about = self.about(service, self.people)
        return {label: said(checks, about | {"stage": stage}, "stage").answer
                for stage, label in self.labels["stage"].items()}

    def about(self, service: model.Service, concerned: Collection[str]) -> dict[str, logic.Value]:
        """Whom a case is about, as far as that is settled by the service being for one of these people only."""
        parties = [party for party in service.for_whom.parties if party in concerned]
        return {"focus": parties[0]} if len(parties) == 1 else {}

    def weeks(self, service: model.Service) -> tuple[float, float] | None:
        """The fewest and most weeks a service takes, where every step is printed in weeks."""
        return timeline.total_weeks(service.timeline) if service.timeline else None


def _by_service(items: Iterable) -> dict[str, list]:
    index: dict[str, list] = defaultdict(list)
    for item in items:
        for service in item.services:
            index[service].append(item)
    return index
