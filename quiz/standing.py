"""How far a printed service can be relied on today. Never part of a verdict, always shown beside it."""

import datetime

from quiz.model import Registry, Service, Source, Status
from quiz.vocabulary import State


def is_stale(source: Source, today: datetime.date) -> bool:
    """Whether what rests on this source must be shown as old: its year and its limit are both past."""
    return source.year is not None and source.stale_after_years is not None \
        and source.year + source.stale_after_years < today.year


def status_of(service: Service, registry: Registry) -> Status:
    """A service's own status, or else its provider's."""
    return service.status or next(provider for provider in registry.providers if provider.id == service.provider).status


def is_current(status: Status, source: Source, today: datetime.date) -> bool:
    """Whether a service is known to be active and its document is not past its limit."""
    return status.state is State.ACTIVE and not is_stale(source, today)
