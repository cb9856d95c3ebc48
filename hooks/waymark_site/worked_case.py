"""One made-up case, worked out by the engine for the page that explains it."""

from dataclasses import dataclass

from quiz import logic
from quiz.costs import Bill, bill
from quiz.logic import Truth
from quiz.paperwork import Needed, checklist
from quiz.pathway import Outcome, answer
from quiz.suitability import Check, Suitability, examine
from waymark_site.site import Site

CASE = {
    "focus": "person_using_harm", "area": "west_sussex", "referrer": "social_worker", "stage": "child_protection",
    "wants": "assessment_and_intervention", "risk": "not_high", "acknowledgement": "recognises_wants_change",
    "perpetrator_mh_substance": "none", "perpetrator_trauma": "not_high", "perpetrator_gender": "male", "age": 34,
    "couple": "opposite_sex", "behaviour_is_da": "yes", "probation": "no", "recency": "within_18_months",
    "consent": "informed_signed", "fst_open": "yes", "office_attendance": "yes", "police_investigation": "no",
    "language": "english", "group_access": "yes", "fees_confirmed": "no",
}
"""A father on whose children there is a plan; he admits some of it and wants to change."""

SHOWN = ("dao-risk-assessment", "dvact-bc-perpetrator", "mac-behaviour-group", "drive")
"""Services that between them show four different verdicts."""


@dataclass(frozen=True, slots=True)
class Worked:
    """One service of the example, criterion by criterion."""

    answer: Suitability
    checks: tuple[tuple[Check, Truth], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """The whole example: facts with their labels, services, and what follows."""

    facts: tuple[tuple[str, str], ...]
    services: tuple[Worked, ...]
    outcome: Outcome
    documents: tuple[Needed, ...]
    bill: Bill


def example(site: Site) -> Example:
    """The example as the engine answers it today."""
    rulebook = site.rulebook
    found = {candidate.service.id: candidate for candidate in rulebook.candidates}
    services = tuple(
        Worked(examine(found[id], CASE), tuple((check, logic.evaluate(check.expression, CASE)) for check in found[id].checks))
        for id in SHOWN)
    outcome = answer(rulebook, CASE)
    chosen = tuple(one.service for one in outcome.recommended)
    facts = tuple((rulebook.questions[fact].ask, site.labels[fact].get(str(value), f"{value}")) for fact, value in CASE.items())
    return Example(facts, services, outcome, checklist(site.registry, chosen, CASE),
                   bill((service, "person_using_harm") for service in chosen))
