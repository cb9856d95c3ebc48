"""What a service's page says in the words of schema.org is what the registry says, and no price is made up."""

import json

import pytest

from tests.site.building import SITE_URL
from waymark_site.opendata import structured

WORDS = {
    "Service": {"name", "url", "description", "disambiguatingDescription", "alternateName", "serviceType", "provider", "audience",
                "areaServed", "offers", "isRelatedTo"},
    "Organization": {"name", "alternateName", "description", "contactPoint"},
    "ContactPoint": {"contactType", "telephone", "email", "url"},
    "PeopleAudience": {"audienceType", "suggestedMinAge", "suggestedMaxAge", "suggestedGender"},
    "Offer": {"name", "price", "priceCurrency", "description"},
}
"""The properties that schema.org gives to each type, of those used here."""


@pytest.fixture(scope="module")
def told(site):
    return {service.id: json.loads(structured.text(site, service, SITE_URL)) for service in site.registry.services}


def things(value):
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from things(item)
    elif isinstance(value, list):
        for item in value:
            yield from things(item)


def test_every_word_is_one_that_schema_org_has_for_the_type(told):
    odd = {f"{thing['@type']}.{name}" for one in told.values() for thing in things(one) for name in thing
           if not name.startswith("@") and name not in WORDS[thing["@type"]]}
    assert odd == set() and {one["@context"] for one in told.values()} == {"https://schema.org"}


def test_each_service_says_what_it_is_and_who_offers_it(told, site):
    for service in site.registry.services:
        one, provider = told[service.id], site.providers[service.provider]
        assert (one["@type"], one["name"], one["description"], one["serviceType"]) == ("Service", service.name, service.summary, service.kind.label)
        assert one["url"] == one["@id"] == f"{SITE_URL}services/{service.id}/"
        assert (one["provider"]["@type"], one["provider"]["name"]) == ("Organization", provider.name)


def test_there_is_an_offer_for_each_printed_price_and_for_nothing_else(told, site):
    for service in site.registry.services:
        offers = told[service.id].get("offers", [])
        assert [(offer["price"], offer["priceCurrency"]) for offer in offers] == [(price.amount, "GBP") for price in service.prices]
        for offer, price in zip(offers, service.prices, strict=True):
            assert (price.period is None) == ("A price of" not in offer["description"]), service.id
            assert ("past its limit" in offer["description"]) == site.is_old(price.source.document), service.id
    assert {bool(one.get("offers")) for one in told.values()} == {True, False}


def test_a_service_that_may_not_stand_as_printed_says_so(told, site):
    for service in site.registry.services:
        said = told[service.id].get("disambiguatingDescription", "")
        assert bool(said) == site.needs_banner(service), service.id
        assert said.startswith(site.status(service).state.label if said else ""), service.id
        assert ("which is old" in said) == site.is_old(service.source.document), service.id


def test_an_age_or_gender_stands_there_only_where_it_is_printed(told, site):
    for service in site.registry.services:
        audience, ages = told[service.id]["audience"], service.for_whom.ages
        assert audience.get("suggestedMinAge") == (ages.min if ages else None), service.id
        assert audience.get("suggestedMaxAge") == (ages.max if ages else None), service.id
        assert ("suggestedGender" in audience) == (service.for_whom.gender in ("women", "men")), service.id


def test_the_area_is_said_in_the_words_of_the_registry(told, site):
    assert {id: one.get("areaServed") for id, one in told.items()} == {
        service.id: service.area.says if service.area else None for service in site.registry.services}


def test_no_contact_that_is_withheld_stands_there(told, site):
    for service in site.registry.services:
        shown = {contact.get("telephone") or contact.get("email") or contact.get("url")
                 for contact in told[service.id]["provider"].get("contactPoint", [])}
        assert shown == {contact.value for contact in site.contacts(service) if not contact.withheld and contact.kind != "system"}, service.id


def test_nothing_is_empty(told):
    assert [thing for one in told.values() for thing in things(one) if None in thing.values() or "" in thing.values()] == []


def test_no_text_can_end_the_block_it_stands_in(site):
    import dataclasses
    odd = dataclasses.replace(site.registry.services[0], name="</script><script>alert(1)</script> &amp; <!--")
    block = structured.text(site, odd, SITE_URL)
    assert not set("<>&") & set(block) and json.loads(block)["name"] == odd.name
