"""Mailboxes belong to teams: an address that may be one person's stands nowhere."""

import pytest

from tests.registry.registries import told


def personal(path, line, address):
    return [(path, line, f"found '{address}', which may be a person’s own, expected the mailbox of a team. "
                         "Leave personal addresses out altogether.")]


@pytest.mark.parametrize("address", ["jo.hill@bridge.example.org", "jo@bridge.example.org",
                                     "JHill99@bridge.example.org"])
def test_a_personal_contact_is_told(tmp_path, address):
    assert told(tmp_path, ("value: referrals@bridge.example.org", f"value: {address}")) == personal(
        "providers[0].contacts[0].value", f"value: {address}", address)


def test_a_withheld_personal_contact_is_told_too(tmp_path):
    assert told(tmp_path, ("kind: phone", "kind: email"),
                ("value: 01234 567890", "value: jo@harbour.example.org")) == personal(
        "services[3].contacts[0].value", "value: jo@harbour.example.org", "jo@harbour.example.org")


def test_a_personal_address_among_words_is_told(tmp_path):
    line = "means: Ask jo.hill@bridge.example.org about it."
    assert told(tmp_path, ("means: The steps before court.", line)) == personal(
        "glossary[0].means", line, "jo.hill@bridge.example.org")


@pytest.mark.parametrize("mailbox", ["info", "Enquiries", "dv.referrals", "help", "wss", "programmes",
                                     "RiskAssessment"])
def test_the_mailbox_of_a_team_is_sound(tmp_path, mailbox):
    assert told(tmp_path, ("value: referrals@bridge.example.org", f"value: {mailbox}@bridge.example.org")) == []
