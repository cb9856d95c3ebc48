"""References: whatever is named exists."""

from collections.abc import Iterator

from waymark_site.registry.faults import Fault, Path, nearest
from waymark_site.registry.view import View

NAMED = {"glossary": "word of the glossary"}
"""What an item of a section is called, where the name of the section does not say it."""


def sources(view: View) -> Iterator[Fault]:
    known = view.ids("sources")
    for path, where in view.wheres():
        if where.document not in known:
            yield _missing((*path, "document"), where.document, "source", known)


def things(view: View) -> Iterator[Fault]:
    for path, name, section in _references(view):
        known = view.ids(section)
        if name not in known:
            yield _missing(path, name, NAMED.get(section, section.replace("_", " ").removesuffix("s")), known)


def not_itself(view: View) -> Iterator[Fault]:
    for path, service in view.each("services"):
        for field in ("before", "after", "instead", "beside"):
            if service.id in getattr(service.related, field):
                yield _itself((*path, "related", field), service.id)
        for field in ("part_of", "combines"):
            if service.id in getattr(service, field):
                yield _itself((*path, field), service.id)


def _references(view: View) -> Iterator[tuple[Path, str, str]]:
    """Every place that names an item of a section: its path, the name and the section."""
    for path, service in view.each("services"):
        yield (*path, "provider"), service.provider, "providers"
        for field, section in (("documents", "documents"), ("shared_criteria", "shared_criteria"),
                               ("part_of", "services"), ("combines", "services")):
            for index, name in enumerate(getattr(service, field)):
                yield (*path, field, index), name, section
        for field in ("before", "after", "instead", "beside"):
            for index, name in enumerate(getattr(service.related, field)):
                yield (*path, "related", field, index), name, "services"
        for index, finding in enumerate(service.findings):
            if finding.disputed:
                yield (*path, "findings", index, "disputed"), finding.disputed, "disagreements"
    for path, study in view.each("evidence"):
        for index, finding in enumerate(study.findings):
            if finding.disputed:
                yield (*path, "findings", index, "disputed"), finding.disputed, "disagreements"
    for section in ("rules", "evidence", "disagreements", "cautions"):
        for path, item in view.each(section):
            for index, name in enumerate(item.services):
                yield (*path, "services", index), name, "services"
    for path, synonym in view.each("synonyms"):
        for field, section in (("services", "services"), ("terms", "glossary"), ("helplines", "helplines")):
            for index, name in enumerate(getattr(synonym, field)):
                yield (*path, field, index), name, section
    for path, retired in view.each("retired"):
        if retired.successor:
            yield (*path, "successor"), retired.successor, "services"


def _missing(path: Path, name: str, what: str, known: set[str]) -> Fault:
    return Fault(path, f"'{name}'", f"the id of a {what}", nearest(name, known))


def _itself(path: Path, name: str) -> Fault:
    return Fault(path, f"'{name}' itself", "another service", "Take it out of its own list.")
