"""From home, two clicks at most lead to a page that answers an everyday question near its top; with JavaScript or not.

The way is found in the pages as they are built, so that home may be rearranged, and is then really clicked.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.site.reading import Page, is_outside, text

CLICKS = 2
SCREEN = {"width": 1280, "height": 900}
SCREENS = 2
"""How far down, in screens, an answer may begin."""


@dataclass(frozen=True)
class Need:
    """Something a worker looks for."""

    heading: str
    """What the heading of the page that answers it says."""
    answers: tuple[str, ...]
    """Where links near its top lead: addresses from the top of the site, or the beginning of one outside."""

    def met_by(self, page: Page) -> bool:
        """Whether a page is about it and has the answers."""
        inside = set(page.article.iter("a"))
        targets = [target for link, target in page.links() if link in inside]
        return self.heading in text(next(page.root.iter("h1"))) and all(
            any(target.startswith(answer) for target in targets) for answer in self.answers)


def services(*names):
    return tuple(f"services/{name}/" for name in names)


NEEDS = {
    "a father who denies": Need("denies it", services("dvact-needs-perpetrator", "dao-consultation")),
    "a child of five": Need("five years old", services("pcit", "dvip-child-therapy")),
    "a mother still living with him": Need("still live together", services("dvact-needs-victim")),
    "in Lancashire": Need("Lancashire", services("solihull-parenting", "dvact-bc-victim")),
    "a man who asks for help himself": Need("asks for help", services("mac-behaviour-group", "respect-phoneline")),
    "which prices are published": Need("Price: Printed", services("dvact-bc-victim", "dvact-needs-both")),
    "whom to ring": Need("Helplines", ("tel:",)),
}


def way(pages, met):
    """The shortest way from home to a page: what each link says in its `href`, and the address it leads to.

    A link in a part that is folded would cost a click more, and is not followed.
    """
    ahead, seen = [((), "")], {""}
    while ahead:
        clicks, here = ahead.pop(0)
        page = pages[here]
        if met(page):
            return clicks
        folded = {link for part in page.root.iter("details") for link in part.iter("a")}
        for link, target in page.links():
            address = target.partition("#")[0]
            if link not in folded and not is_outside(target) and address in pages and address not in seen:
                seen.add(address)
                ahead.append(((*clicks, (link.get("href"), address)), address))
    raise AssertionError("no links lead there")


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def visit(request, tab, tab_without_javascript):
    return tab if request.param == "with JavaScript" else tab_without_javascript


@pytest.mark.parametrize("need", NEEDS.values(), ids=NEEDS)
def test_two_clicks_from_home_is_the_answer(pages, server, visit, need):
    clicks = way(pages, need.met_by)
    assert len(clicks) <= CLICKS, clicks
    visit.set_viewport_size(SCREEN)
    visit.goto(server)
    for href, address in clicks:
        visit.locator(f"a[href='{href}']:visible").first.click()
        visit.wait_for_url(lambda url, address=address: url.partition("#")[0] == server + address)
    for answer in need.answers:
        link = visit.locator(f"article a[href*='{answer.removeprefix('services')}']:visible").first
        assert link.bounding_box()["y"] < SCREENS * SCREEN["height"], answer


@pytest.mark.parametrize(("page", "clicks"), [("", 0), ("services/", 1), ("services/refuge/", 2)])
def test_clicks_are_counted(pages, page, clicks):
    assert len(way(pages, lambda found: found.url == page)) == clicks
