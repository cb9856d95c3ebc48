"""The review report: for each provider, what somebody must decide. Worked out for the day the registry speaks for."""

from dataclasses import dataclass

from quiz.model import Disagreement, Provider, Service
from quiz.vocabulary import PriceStatus, State, Topic
from waymark_site import upkeep
from waymark_site.site import Site
from waymark_site.upkeep import Concern, Due


@dataclass(frozen=True, slots=True)
class Matter:
    """What is open about one service."""

    service: Service
    old: bool
    """Its document is past its limit."""
    unverified: bool
    """Nobody has verified that it stands."""
    unsettled: int
    """In how many matters sources differ and none is preferred."""
    disputed: int
    """How many findings about it are disputed."""
    price_missing: bool
    """No price is printed, nor what it is instead: on request, in-house, free."""
    not_printed: tuple[Topic, ...]

    @property
    def open(self) -> bool:
        """Whether there is anything to decide."""
        return bool(self.old or self.unverified or self.unsettled or self.disputed or self.price_missing or self.not_printed)


@dataclass(frozen=True, slots=True)
class Folder:
    """What is open about one provider."""

    provider: Provider
    unverified: bool
    matters: tuple[Matter, ...]
    sound: int
    """How many of its services have nothing open."""


@dataclass(frozen=True, slots=True)
class Review:
    """The whole report."""

    folders: tuple[Folder, ...]
    unsettled: tuple[Disagreement, ...]
    """Where sources differ and none is preferred: decided once, however many services it concerns."""
    due: dict[Concern, list[Due]]
    ahead: list[Due]

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Every service with something open."""
        return tuple(matter for folder in self.folders for matter in folder.matters)

    def count(self, what: str) -> int:
        """For how many services one thing is open."""
        return sum(bool(getattr(matter, what)) for matter in self.matters)


def review(site: Site) -> Review:
    """The report on a registry as it is."""
    found = upkeep.dues(site.registry)
    folders = (_folder(site, provider) for provider in site.registry.providers)
    return Review(tuple(folder for folder in folders if folder.matters or folder.unverified),
                  tuple(filter(_is_unsettled, site.registry.disagreements)), upkeep.overdue(found, site.today), upkeep.ahead(found, site.today))


def _folder(site: Site, provider: Provider) -> Folder:
    matters = [_matter(site, service) for service in site.by_provider.get(provider.id, ())]
    still = tuple(matter for matter in matters if matter.open)
    return Folder(provider, provider.status.state is State.UNVERIFIED, still, len(matters) - len(still))


def _matter(site: Site, service: Service) -> Matter:
    studies = site.studies.get(service.id, ())
    findings = (*service.findings, *(finding for study in studies for finding in study.findings))
    return Matter(
        service,
        old=site.is_old(service.source.document),
        unverified=site.status(service).state is State.UNVERIFIED,
        unsettled=sum(map(_is_unsettled, site.disagreements.get(service.id, ()))),
        disputed=sum(finding.disputed is not None for finding in findings),
        price_missing=service.price_status is PriceStatus.NOT_PRINTED,
        not_printed=service.not_printed)


def _is_unsettled(item: Disagreement) -> bool:
    return item.preferred is None
