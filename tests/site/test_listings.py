"""The pages that list services: each names the right ones, under the right answer, and claims no more than is said."""

import re

import pytest

from quiz.suitability import Effect, Verdict, candidates, examine
from tests.site.reading import text
from waymark_site.situations import PRINTED, SITUATIONS, people

ANSWERS = ("yes", "ask-first", "depends", "not-printed", "does-not-apply", "no")
CERTAIN = ANSWERS[:3]


@pytest.fixture(scope="module")
def lists(pages):
    """The services on each list, by its address and then by answer, in the order shown."""
    def names(part):
        return [item.find(".//a").get("href").split("/")[-2] for item in part.findall("ul/li")]

    return {url: {part.get("aria-labelledby"): names(part)
                  for part in page.article.iterfind("section") if part.get("aria-labelledby") in ANSWERS}
            for url, page in pages.items() if re.match("services/(for|stage|in|kind|delivery|price|status|when)/", url)}


def slug(value):
    return value.replace("_", "-")


def by_answer(services, answer):
    """The ids of services under the answers that a function gives; without what is no."""
    found = {}
    for service in services:
        found.setdefault(slug(answer(service)), []).append(service.id)
    return found


def facet_pages(site):
    return [(facet, value) for facet in site.facets.values() if facet.id != "provider" for value in facet.values]


def test_a_list_of_a_value_has_the_services_with_that_answer_and_leaves_out_only_no(site, lists):
    for facet, value in facet_pages(site):
        expected = by_answer(site.registry.services, lambda one: facet.answer(one.id, value.id))
        if facet.id != "stage":
            expected.pop("no", None)
        shown = lists[facet.url(value)]
        assert {answer: set(names) for answer, names in shown.items()} == {
            answer: set(names) for answer, names in expected.items()}, facet.url(value)


def test_answers_stand_in_their_order_and_no_service_stands_twice(lists):
    for url, groups in lists.items():
        assert [*groups] == [answer for answer in ANSWERS if answer in groups], url
        names = [name for group in groups.values() for name in group]
        assert len(set(names)) == len(names), url


def test_a_list_of_a_pair_is_what_both_have_in_common(site, lists):
    whom = site.facets["for"]
    pairs = 0
    for person in whom.values:
        mine = {service.id for service in site.by_party[person.id]}
        for facet in (site.facets["stage"], site.facets["area"]):
            for value in facet.values:
                url = f"services/for/{person.slug}/{facet.folder.removeprefix('services/')}{value.slug}/"
                if url in lists:
                    pairs += 1
                    wide = lists[facet.url(value)]
                    assert {answer: set(names) for answer, names in lists[url].items()} == {
                        answer: kept for answer, names in wide.items() if (kept := mine & set(names))}, url
    assert pairs == sum(len([person for person in whom.values if person.id in site.questions[fact].asked_for])
                        * len(site.labels[fact]) for fact in ("stage", "area"))


def case_of(service, fact, value, concerned):
    mine = [party for party in service.for_whom.parties if party in concerned]
    return {fact: value} | ({"focus": mine[0]} if len(mine) == 1 else {})


def test_a_service_is_ruled_out_where_the_engine_rules_it_out_and_nowhere_else(site, lists):
    """On lists by stage and by situation; a printed age that is outside rules out too."""
    ready = {candidate.service.id: candidate for candidate in candidates(site.registry)}
    wanted = [(f"services/stage/{slug(stage)}/", "stage", stage, tuple(site.people)) for stage in site.labels["stage"]]
    wanted += [(f"services/for/{slug(person)}/stage/{slug(stage)}/", "stage", stage, (person,))
               for person in site.questions["stage"].asked_for for stage in site.labels["stage"]]
    wanted += [(situation.url, situation.fact, situation.value, people(site, situation)) for situation in SITUATIONS]
    for url, fact, value, concerned in wanted:
        by_engine = set()
        for id, candidate in ready.items():
            case = case_of(candidate.service, fact, value, concerned)
            if set(candidate.service.for_whom.parties) & set(concerned) \
                    and examine(candidate, case).verdict is Verdict.DOES_NOT_FIT:
                by_engine.add(id)
        out = set(lists[url].get("no", ()))
        assert by_engine <= out, url
        assert all(site.services[id].browse_only and fact == "child_age" for id in out - by_engine), url


def test_a_list_of_a_situation_names_every_service_for_its_people_once(site, lists):
    for situation in SITUATIONS:
        names = {name for group in lists[situation.url].values() for name in group}
        concerned = set(people(site, situation))
        assert names == {service.id for service in site.registry.services if concerned & set(service.for_whom.parties)}


def test_what_no_criterion_and_no_field_speaks_of_is_never_said_to_be_allowed(site, lists):
    ready = {candidate.service.id: candidate for candidate in candidates(site.registry)}
    for situation in SITUATIONS:
        for group in (*CERTAIN, "no"):
            for name in lists[situation.url].get(group, ()):
                reads = name in ready and situation.fact in ready[name].facts
                assert reads or situation.fact in PRINTED, (situation.url, name)


KNOWN = {
    "denies": {"yes": {"dvact-needs-perpetrator", "dvact-needs-both", "dao-consultation"},
               "no": {"dvact-bc-perpetrator", "dapp-group", "mac-behaviour-group", "dao-risk-assessment", "bmbu-group"}},
    "wants-to-change": {"yes": {"dvact-bc-perpetrator", "mac-behaviour-group", "dapp-group", "dao-risk-assessment"}},
    "living-together": {"yes": {"dvact-needs-victim"}, "no": {"dvact-bc-victim", "dvact-bc-both"}},
    "asks-for-help": {"yes": {"dapp-group", "mac-behaviour-group", "respect-phoneline"},
                      "ask-first": {"dvip-individual-work", "drive"}, "no": {"dvact-bc-perpetrator", "dao-one-to-one"}},
    "child-of-five": {"yes": {"pcit", "dvip-child-therapy"}, "no": {"mst", "fft", "fnp", "stars-for-families"}},
    "child-of-fifteen": {"yes": {"mst"}, "no": {"pcit", "fnp", "incredible-years"}},
    "man": {"ask-first": {"dvip-male-victims", "refuge"}, "no": {"dvip-womens-programme"}},
    "woman-using-harm": {"yes": {"dao-risk-assessment"}, "ask-first": {"dvip-female-perpetrators"},
                         "no": {"dvip-perpetrator-programme"}},
    "safer-home": {"yes": {"refuge", "sanctuary-scheme"}},
    "risk-is-high": {"yes": {"idva", "marac", "drive"}, "no": {"mac-behaviour-group"}},
}
"""What a person who knows the documents expects, read off them and not off the engine."""


@pytest.mark.parametrize("name", KNOWN)
def test_known_situations_have_the_services_that_the_documents_name(lists, name):
    for answer, services in KNOWN[name].items():
        assert services <= set(lists[f"services/when/{name}/"][answer]), answer


def test_every_criterion_named_says_what_it_does_and_leads_to_where_it_stands(site, pages):
    """Its sentence is the registry's own."""
    says = {}
    shared = {one.id: one.criteria for one in site.registry.shared_criteria}
    for service in site.registry.services:
        for criterion in (*service.criteria, *(one for name in service.shared_criteria for one in shared[name])):
            effect, = (effect.label for effect in Effect if getattr(criterion, effect))
            says[f"services/{service.id}/#criterion-{criterion.id}"] = (effect, criterion.says)
    seen = 0
    for url in ("services/stage/child-protection/", *(situation.url for situation in SITUATIONS)):
        for item in pages[url].article.iterfind(".//ul[@class='reasons']/li"):
            link = next((link for link in item.iter("a") if "#criterion-" in link.get("href")), None)  # not a word's meaning
            if link is not None:
                target = next(target for other, target in pages[url].links() if other is link)
                effect, sentence = says[target]
                shown = text(item)
                assert sentence in shown, (url, target)
                assert shown.startswith(f"{effect}:") or effect == "Ask the team first", (url, target)
                seen += 1
    assert seen > 100


def of_a_case(url):
    return url.startswith(("services/for/", "services/stage/", "services/in/", "services/when/"))


def test_high_risk_comes_before_any_service_on_every_list_about_people(pages, lists):
    for url in filter(of_a_case, lists):
        targets = [target for _, target in pages[url].links() if re.fullmatch(r"services/[^/]+/", target)]
        first = targets[:2]
        assert first == ["services/idva/", "services/marac/"], url


def test_at_high_risk_the_first_two_entries_are_the_advocate_and_the_conference(lists):
    assert lists["services/when/risk-is-high/"]["yes"][:2] == ["idva", "marac"]


def test_what_is_printed_for_a_place_comes_before_what_is_across_the_uk(site, lists):
    for url in ("services/in/lancashire/", "services/for/victim-survivor/in/london/"):
        place = url.split("/")[-2]
        here = [place in site.services[name].area.places for name in lists[url]["yes"]]
        assert here == sorted(here, reverse=True) and len(set(here)) == 2, url


def test_living_together_never_suggests_leaving_and_both_parents_are_never_seen_together(pages):
    assert "nothing here suggests it" in text(pages["services/when/living-together/"].article)
    for url in ("services/for/both-parents/", "services/for/both-parents/in/london/"):
        assert "Never see them together" in text(pages[url].article), url


def test_every_list_says_what_to_do_next_and_an_empty_one_says_it_first(pages, lists):
    empty = 0
    for url, groups in lists.items():
        parts = [part.get("aria-labelledby") for part in pages[url].article.iterfind("section")]
        assert parts.count("onward") == 1, url
        certain = any(answer in groups for answer in CERTAIN)
        assert (parts[0] == "onward") == (not certain), url
        assert ("does not mean that nothing exists" in text(pages[url].article)) == (not certain), url
        empty += not certain
    assert empty


def test_no_list_claims_that_a_service_fits_or_suits(pages, lists):
    for url in lists:
        article = pages[url].article
        for part in (one for path in ("p", "section/h2", "section/p", "div/p") for one in article.iterfind(path)):
            assert not re.search(r"\b(fits?|suits?|suitable|right for)\b", text(part), re.IGNORECASE), (url, text(part))


def test_home_and_the_directory_lead_to_the_lists(pages, lists):
    to = {url: {target for _, target in pages[url].links()} for url in ("", "services/")}
    assert {url for url in lists if url.count("/") == 3} <= to["services/"]
    assert {url for url in lists if re.fullmatch("services/for/[^/]+/", url)} <= to[""]


def test_each_list_of_a_person_leads_to_every_stage_place_and_situation_of_that_person(site, pages, lists):
    for person in site.facets["for"].values:
        here = f"services/for/{person.slug}/"
        to = {target for _, target in pages[here].links()}
        assert {url for url in lists if url.startswith(here) and url != here} <= to
        assert {situation.url for situation in SITUATIONS if person.id in people(site, situation)} <= to
