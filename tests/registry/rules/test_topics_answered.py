"""Every service gives each of the ten topics, or says that it is not printed or does not arise."""

import pytest

from quiz.vocabulary import Topic
from tests.registry.registries import told

NOT_PRINTED = "    not_printed: [ages, gender, area, referrer, delivery, timescale]\n"
NOT_APPLICABLE = "    not_applicable: [documents, report]\n"
LINE = "harbour-line"


@pytest.mark.parametrize("topic", [topic for topic in Topic if topic not in (Topic.EVIDENCE, Topic.CONTACT)])
def test_a_topic_passed_over_is_told(tmp_path, topic):
    listed = NOT_APPLICABLE if topic in NOT_APPLICABLE else NOT_PRINTED
    names = listed[listed.index("[") + 1:listed.index("]")].split(", ")
    rest = ", ".join(name for name in names if name != topic)
    assert told(tmp_path, (listed, listed.replace(", ".join(names), rest))) == [(
        "services[3]", "- id: harbour-line",
        f"found nothing about {topic.label.lower()}, expected a printed fact, or the topic in not_printed. "
        f"Give it, or add '{topic}' to not_printed or not_applicable.")]


@pytest.mark.parametrize("topic", [topic for topic in Topic if topic is not Topic.CONTACT])
def test_a_topic_that_is_given_is_not_listed_as_not_printed(tmp_path, topic):
    listed = f"not_printed: [{topic}]"
    assert told(tmp_path, ("    shared_criteria: [bridge-gate]\n",
                           f"    shared_criteria: [bridge-gate]\n    {listed}\n")) == [(
        "services[0].not_printed", listed,
        f"found '{topic}', which is given as well, expected one of the two. "
        f"Take '{topic}' out of not_printed, or the fact away.")]


@pytest.mark.parametrize("topic", Topic)
def test_a_topic_that_is_given_does_arise(tmp_path, topic):
    listed = f"not_applicable: [{topic}]"
    assert told(tmp_path, ("    shared_criteria: [bridge-gate]\n",
                           f"    shared_criteria: [bridge-gate]\n    {listed}\n")) == [(
        "services[0].not_applicable", listed,
        f"found '{topic}', which is given as well, expected one of the two. "
        f"Take '{topic}' out of not_applicable, or the fact away.")]


def test_a_topic_is_not_both_unprinted_and_out_of_the_question(tmp_path):
    assert [fault.path for fault in told(tmp_path, (NOT_APPLICABLE, NOT_APPLICABLE.replace("]", ", ages]")))] == [
        "services[3].not_printed"]


def test_evidence_may_stand_in_a_study_that_names_the_service(tmp_path):
    assert [fault.message.split(",")[0] for fault in told(
        tmp_path, ("name: Lines for children\n    services: [harbour-line]",
                   "name: Lines for children\n    services: [bridge-programme]"))] == ["found nothing about evidence"]


def test_the_contact_may_be_the_provider_s(tmp_path):
    contact = "    contacts:\n      - kind: phone\n        label: The line\n        value: 01234 567890\n" \
              "        withheld: The line has closed.\n        source: {document: old-guide, section: Line}\n"
    [fault] = told(tmp_path, (contact, ""))
    assert (fault.path, fault.message.split(",")[0]) == ("services[3]", "found nothing about contact")
    assert told(tmp_path, (contact, ""), ("    name: Harbour\n", f"    name: Harbour\n{contact}")) == []
