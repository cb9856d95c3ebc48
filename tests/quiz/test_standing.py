"""A service is current only while it is known to be active and its document is not older than it may get."""

import datetime
from dataclasses import replace

import pytest

from quiz.standing import is_current, is_stale, status_of
from quiz.vocabulary import State


def on(day):
    return datetime.date.fromisoformat(day)


@pytest.fixture
def source(registry):
    """A document of 2018 that may be relied on for five years."""
    return replace(registry.sources[0], year=2018, stale_after_years=5)


@pytest.mark.parametrize(("day", "stale"), [("2018-01-01", False), ("2023-12-31", False), ("2024-01-01", True)])
def test_a_document_is_stale_from_the_year_after_its_last(source, day, stale):
    assert is_stale(source, on(day)) is stale


def test_a_document_without_a_year_or_a_limit_is_not_called_stale(source):
    assert not is_stale(replace(source, year=None), on("2026-11-21"))
    assert not is_stale(replace(source, stale_after_years=None), on("2026-11-21"))


@pytest.mark.parametrize("state", State)
def test_only_what_is_active_and_not_stale_is_current(registry, source, state):
    status = replace(registry.providers[0].status, state=state)
    assert is_current(status, source, on("2023-12-31")) is (state is State.ACTIVE)
    assert not is_current(status, source, on("2024-01-01"))


def test_a_service_has_its_own_status_or_that_of_its_provider(registry):
    providers = {provider.id: provider.status for provider in registry.providers}
    own = [service for service in registry.services if service.status]
    assert own and all(status_of(service, registry) is service.status for service in own)
    assert all(status_of(service, registry) is providers[service.provider] for service in registry.services if not service.status)
