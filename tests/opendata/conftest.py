"""The open data of the real registry, made as the build makes it."""

import pytest

from tests.registry.real import registry
from tests.site.building import SITE_URL
from waymark_site import opendata
from waymark_site.site import Site


@pytest.fixture(scope="session")
def site():
    return Site(registry())


@pytest.fixture(scope="session")
def files(site):
    """Every file of open data by its place on the site."""
    return opendata.files(site, SITE_URL)
