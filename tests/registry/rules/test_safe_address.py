"""An address is https, an e-mail or a telephone number, whole and without tricks."""

import pytest

from tests.registry.registries import told

WEB = "expected a web address that begins with https://. Check the address."


def message_of(faults, path):
    return [fault.message for fault in faults if fault.path == path and WEB in fault.message]


@pytest.mark.parametrize("address", [
    "bridge", "bridge.example.org", "https://bridge", "https:///x", "ftp://bridge.example.org/", "javascript:alert(1)",
    "https://jo@bridge.example.org/", "https://jo:pass@bridge.example.org/", "https://[bad/", "//bridge.example.org/",
    "http://bridge.example.org/", "https://bridge.example.org/a b", "https://bridge.example.org/'x",
])
def test_a_web_address_that_is_not_safe_is_told(tmp_path, address):
    faults = told(tmp_path, ("address: https://bridge.example.org/", f"address: {address}"))
    assert message_of(faults, "sources[2].address") == [f"found '{address}', {WEB}"]


@pytest.mark.parametrize("address", [
    "https://bridge.example.org", "https://bridge.example.org/a/b.html?c=d&e=f#g", "https://bridge.example.org:8443/"])
def test_an_ordinary_web_address_is_sound(tmp_path, address):
    assert told(tmp_path, ("address: https://bridge.example.org/", f"address: {address}")) == []


def test_a_website_among_contacts_is_looked_at_too(tmp_path):
    assert told(tmp_path, ("kind: email", "kind: web")) == [(
        "providers[0].contacts[0].value", "value: referrals@bridge.example.org",
        f"found 'referrals@bridge.example.org', {WEB}")]


@pytest.mark.parametrize("value", ["referrals at bridge", "referrals@bridge", "referrals@@bridge.example.org",
                                   "referrals@bridge.example.org, office@bridge.example.org"])
def test_an_e_mail_that_is_not_one_is_told(tmp_path, value):
    assert told(tmp_path, ("value: referrals@bridge.example.org", f"value: {value}")) == [(
        "providers[0].contacts[0].value", f"value: {value}",
        f"found '{value}', expected an e-mail address. Write it as team@example.org.")]


@pytest.mark.parametrize("value", ["01234-567890", "ask at the desk", '"99"', '"0123 456 7890 ext 4"'])
def test_a_number_that_cannot_be_rung_is_told(tmp_path, value):
    assert told(tmp_path, ("value: 01234 567890", f"value: {value}")) == [(
        "services[3].contacts[0].value", f"value: {value}",
        f"found '{value.strip(chr(34))}', expected a telephone number. Use digits and spaces only.")]


def test_the_number_of_a_helpline_is_looked_at_too(tmp_path):
    assert told(tmp_path, ('number: "999"', "number: nine")) == [(
        "helplines[0].number", "number: nine",
        "found 'nine', expected a telephone number. Use digits and spaces only.")]


def test_the_e_mail_of_a_helpline_is_looked_at_too(tmp_path):
    assert told(tmp_path, ('number: "999"', 'number: "999"\n    email: help at bridge')) == [(
        "helplines[0].email", "email: help at bridge",
        "found 'help at bridge', expected an e-mail address. Write it as team@example.org.")]
