"""A contact has a value, or the reason why it has none."""

from tests.registry.registries import told

NEITHER = ("found neither value nor withheld, expected the contact, or why it is not given. "
           "Add value, or say in withheld why there is none.")


def test_a_contact_of_a_provider_with_neither_is_told(tmp_path):
    assert told(tmp_path, ("        value: referrals@bridge.example.org\n", "")) == [
        ("providers[0].contacts[0]", "- kind: email", NEITHER)]


def test_a_contact_of_a_service_with_neither_is_told(tmp_path):
    assert told(tmp_path, ("        value: 01234 567890\n        withheld: The line has closed.\n", "")) == [
        ("services[3].contacts[0]", "- kind: phone", NEITHER)]


def test_either_is_enough(tmp_path):
    assert told(tmp_path, ("        value: 01234 567890\n", "")) == []
    assert told(tmp_path, ("        withheld: The line has closed.\n", "")) == []
