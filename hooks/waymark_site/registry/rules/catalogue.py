"""The catalogue: every service answers every topic, and every disagreement keeps its claims."""

from collections.abc import Iterator

from quiz.vocabulary import Tier, Topic
from waymark_site.registry.faults import Fault
from waymark_site.registry.view import View


def topics_answered(view: View) -> Iterator[Fault]:
    with_contacts = {provider.id for _, provider in view.each("providers") if provider.contacts}
    studied = {name for _, study in view.each("evidence") for name in study.services}
    for path, service in view.each("services"):
        given = {
            Topic.AGES: service.for_whom.ages, Topic.GENDER: service.for_whom.gender, Topic.AREA: service.area,
            Topic.REFERRER: service.referral, Topic.DELIVERY: service.delivery, Topic.TIMESCALE: service.timeline,
            Topic.DOCUMENTS: service.documents, Topic.REPORT: service.report,
            Topic.EVIDENCE: service.findings or service.id in studied,
            Topic.CONTACT: service.contacts or service.provider in with_contacts,
        }
        for topic in Topic:
            ways = [bool(given[topic]), topic in service.not_printed, topic in service.not_applicable]
            if sum(ways) == 0:
                yield Fault(path, f"nothing about {topic.label.lower()}", "a printed fact, or the topic in not_printed",
                            f"Give it, or add '{topic}' to not_printed or not_applicable.")
            elif sum(ways) > 1:
                field = "not_printed" if ways[1] else "not_applicable"
                yield Fault((*path, field), f"'{topic}', which is given as well", "one of the two",
                            f"Take '{topic}' out of {field}, or the fact away.")


def components(view: View) -> Iterator[Fault]:
    parts = {service.id for _, service in view.each("services") if service.part_of}
    for path, service in view.each("services"):
        for index, whole in enumerate(service.part_of):
            if whole in parts - {service.id}:  # of itself is told by not_itself
                yield Fault((*path, "part_of", index), f"'{whole}', which is a component itself", "a whole service",
                            "Name the service that both are part of.")
        if (service.tier is Tier.COMPONENT) != bool(service.part_of):
            yield Fault((*path, "part_of"), f"tier '{service.tier}' with {len(service.part_of)} in part_of",
                        "part_of for a component, and for nothing else", "Name what it is part of, or change its tier.")


def claims(view: View) -> Iterator[Fault]:
    for path, disagreement in view.each("disagreements"):
        names = [claim.id for claim in disagreement.claims]
        if len(names) < 2:
            yield Fault((*path, "claims"), f"{len(names)} claim", "two or more",
                        "Add the other claim, or make it a caution.")
        if disagreement.preferred and disagreement.preferred not in names:
            yield Fault((*path, "preferred"), f"'{disagreement.preferred}'", f"one of its claims ({', '.join(names)})",
                        "Name a claim of this disagreement.")
        if bool(disagreement.preferred) != bool(disagreement.because):
            yield Fault(path, "preferred without because" if disagreement.preferred else "because without preferred",
                        "both or neither", "A claim is preferred for a reason that readers can see.")
    for section in ("disagreements", "cautions", "rules", "evidence"):
        for path, item in view.each(section):
            if not item.services:
                yield Fault((*path, "services"), "no services", "the services it concerns", "Name at least one.")


def helplines(view: View) -> Iterator[Fault]:
    if not any(line.everywhere for _, line in view.each("helplines")):
        yield Fault(("helplines",), "no helpline for every page", "at least one with everywhere: true",
                    "Mark the helplines that stand in the footer.")
