"""A service in plain text, short enough for an e-mail or a case note: the page's first facts, nothing of a case."""

from collections.abc import Iterator

from quiz.model import Contact, Service
from quiz.vocabulary import Topic
from quiz.wording import day, initial, length, sentence, unsaid
from waymark_site import wording
from waymark_site.site import Site

LIMITS = "A summary of published criteria. It does not assess risk or decide who may have a service."


def text(site: Site, service: Service, address: str) -> str:
    """The summary of a service. `address` is where its page stands; it may be empty."""
    registry = site.registry.registry
    about = f"Waymark registry {registry.version}, {day(registry.date)}"
    parts = ["\n".join([service.name, service.summary]), "\n".join(_facts(site, service))]
    parts += ["\n".join([f"{heading}:", *(f"- {item}" for item in items)]) for heading, items in _lists(site, service) if items]
    parts.append("\n".join([LIMITS, f"{about}: {address}" if address else about + "."]))
    return "\n\n".join(parts)


def report(site: Site, service: Service, address: str) -> str:
    """A report of an error, filled in but for what is wrong: what the page says, and which source it names."""
    registry, source = site.registry.registry, site.sources[service.source.document]
    return "\n".join([
        f"An error on: {service.name}", address, f"Waymark registry {registry.version}, {day(registry.date)}", "",
        "What the page says now (keep only the line that is wrong):", *(f"- {fact}" for fact in _facts(site, service)),
        f"The source it names: {source.title} ({source.date_printed}), {service.source.section}", "",
        "What it should say:", "Where that is printed (document or web address, part, date):", "",
        "Leave out anything about a real case, family or colleague."])


def _facts(site: Site, service: Service) -> Iterator[str]:
    yield f"For whom: {sentence(service.for_whom.says)}"
    yield f"Who may refer: {sentence(service.referral.says) if service.referral else unsaid(service, Topic.REFERRER)}"
    yield "Where: " + (f"{wording.places(site, service.area)}. {sentence(service.area.says)}" if service.area
                       else unsaid(service, Topic.AREA))
    yield "Cost: " + ("; ".join(wording.price(site, price) for price in service.prices) or service.price_status.label)
    ends = service.timeline.ends_with if service.timeline and site.weeks(service) else None
    yield f"Time: {length(service)}" + (f" to {ends}" if ends else "")
    status, source = site.status(service), site.sources[service.source.document]
    yield f"Status: {status.state.label}. {sentence(status.says)} Checked {day(status.checked)}."
    yield f"Described in: {source.title} ({source.publisher}, {source.date_printed}), {service.source.section}"


def _lists(site: Site, service: Service) -> Iterator[tuple[str, list[str]]]:
    for effect, criteria in site.criteria_by_effect(service).items():
        yield effect.label, [sentence(criterion.says) for criterion in criteria]
    yield "Documents to gather", [f"{initial(document.name)}: {sentence(document.needed)}"
                                  for document in map(site.documents.__getitem__, service.documents)]
    yield "Contact", [f"{contact.label}: {_reach(contact)}" for contact in site.contacts(service)]


def _reach(contact: Contact) -> str:
    return f"not shown. {sentence(contact.withheld)}" if contact.withheld else str(contact.value)
