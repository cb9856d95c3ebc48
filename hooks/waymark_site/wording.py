"""How the short facts of a service are put in words: on pages and in plain text alike."""

from quiz import wording
from quiz.model import Area, Price, Service
from quiz.vocabulary import Place
from quiz.wording import sentence
from waymark_site.site import Site


def people(site: Site, service: Service) -> str:
    """Whom a service works with: `Victim or survivor, child`."""
    if service.safety_first:
        return "Any case at high risk"
    first, *rest = (site.people[party] for party in service.for_whom.parties)
    return ", ".join([first, *(label.lower() for label in rest)])


def alert(site: Site, service: Service) -> str:
    """What must be known before anything else: its status, and how old its document is. Empty where it stands as printed."""
    if not site.needs_banner(service):
        return ""
    status, source = site.status(service), site.sources[service.source.document]
    old = f" Described in a document of {source.date_printed}, which is old." if site.is_old(source.id) else ""
    return f"{status.state.label}. {sentence(status.says)}{old}"


WIDE = {Place.UK_WIDE: "Across the UK", Place.VARIES: "Varies by area"}


def places(site: Site, area: Area) -> str:
    """Where a service is offered: `Surrey, West Sussex`."""
    return ", ".join(WIDE[place] if place in WIDE else site.labels["area"][place] for place in area.places)


def price(site: Site, one: Price) -> str:
    """A price with whom it is for: `£5,600, person using harm (2010 /11)`."""
    return wording.price(one, site.people)


def price_terms(site: Site, one: Price) -> str:
    """What stands behind the amount."""
    return wording.price_terms(one, site.people)
