"""Contacts: public, safe to follow, and nobody's own."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from quiz.vocabulary import ContactKind
from waymark_site.registry.faults import Fault, Path
from waymark_site.registry.view import View

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
PHONE = re.compile(r"\+?[0-9][0-9 ]{2,18}")
ROLES = ("admin", "assessment", "contact", "enquir", "help", "hello", "info", "office", "programme", "referral",
         "service", "support", "team", "training", "wss")
"""What the mailbox of a team is called; anything else may be a person's."""


def safe_address(view: View) -> Iterator[Fault]:
    for path, source in view.each("sources"):
        if source.address is not None:
            yield from _web((*path, "address"), source.address)
    for path, contact in _contacts(view):
        if contact.value is None:
            continue
        here = (*path, "value")
        if contact.kind is ContactKind.WEB:
            yield from _web(here, contact.value)
        elif contact.kind is ContactKind.EMAIL and not EMAIL.fullmatch(contact.value):
            yield Fault(here, f"'{contact.value}'", "an e-mail address", "Write it as team@example.org.")
        elif contact.kind is ContactKind.PHONE and not PHONE.fullmatch(contact.value):
            yield Fault(here, f"'{contact.value}'", "a telephone number", "Use digits and spaces only.")
    for path, line in view.each("helplines"):
        if line.email is not None and not EMAIL.fullmatch(line.email):
            yield Fault((*path, "email"), f"'{line.email}'", "an e-mail address", "Write it as team@example.org.")
        if not PHONE.fullmatch(line.number):
            yield Fault((*path, "number"), f"'{line.number}'", "a telephone number", "Use digits and spaces only.")


def no_person(view: View) -> Iterator[Fault]:
    for path, text in view.strings:
        for found in EMAIL.finditer(text):
            if not any(role in found[0].split("@")[0].lower() for role in ROLES):
                yield Fault(path, f"'{found[0]}', which may be a person’s own", "the mailbox of a team",
                            "Leave personal addresses out altogether.")


def shown_or_withheld(view: View) -> Iterator[Fault]:
    for path, contact in _contacts(view):
        if contact.value is None and contact.withheld is None:
            yield Fault(path, "neither value nor withheld", "the contact, or why it is not given",
                        "Add value, or say in withheld why there is none.")


def _contacts(view: View) -> Iterator[tuple[Path, object]]:
    for section in ("providers", "services"):
        for path, holder in view.each(section):
            for index, contact in enumerate(holder.contacts):
                yield (*path, "contacts", index), contact


def _web(path: Path, address: str) -> Iterator[Fault]:
    try:
        parts = urlsplit(address)
        safe = parts.scheme == "https" and parts.hostname and "." in parts.hostname \
            and not parts.username and not re.search(r"[\s<>\"']", address)
    except ValueError:
        safe = False
    if not safe:
        yield Fault(path, f"'{address}'", "a web address that begins with https://", "Check the address.")
