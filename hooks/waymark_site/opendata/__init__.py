"""The registry as open data: files beside the pages, in the formats that other programs read.

Each module makes one format from the same registry and returns its files by their places on the site. The same registry
gives the same bytes: the only date is the registry's own.
"""

from collections.abc import Iterator

from waymark_site.opendata import api, feeds, open_referral, openapi, package, signposts
from waymark_site.site import Site

FORMATS = (api.files, openapi.files, package.files, feeds.files, open_referral.files,
           signposts.files)


def files(site: Site, address: str) -> dict[str, str | bytes]:
    """Every file of open data by its place on the site, which stands at `address`.

    Raises ValueError where two would stand in the same place.
    """
    made: dict[str, str | bytes] = {}
    for place, content in _all(site, address):
        if place in made:
            raise ValueError(f"open data: two files would stand at {place}")
        made[place] = content
    return made


def _all(site: Site, address: str) -> Iterator[tuple[str, str | bytes]]:
    for make in FORMATS:
        yield from make(site, address)
