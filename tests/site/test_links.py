"""Every link leads somewhere, every page can be reached, and nothing outside learns who followed a link."""

import re
from collections import Counter
from urllib.parse import urldefrag

from tests.site.reading import is_outside


def test_every_internal_link_and_fragment_resolves(pages, built, site):
    ids = {url: set(page.ids()) for url, page in pages.items()}
    ids["check/"] |= {f"service={id}" for id in site.services}  # whose case is checked: no place in the page
    broken = []
    for page in pages.values():
        for _, target in page.links():
            if is_outside(target):
                continue
            address, fragment = urldefrag(target)
            if page.url == "404.html" and address == "no/such/page/":
                address = "404.html"
            if address not in pages and not (built / address).is_file():
                broken.append(f"{page.url or 'home'}: {target} does not exist")
            elif fragment and fragment not in ids[address]:
                broken.append(f"{page.url or 'home'}: {address} has no #{fragment}")
    assert not broken, "\n".join(broken)


def test_every_page_can_be_reached_from_home(pages):
    found, ahead = {""}, [""]
    while ahead:
        for _, target in pages[ahead.pop()].links():
            url = urldefrag(target)[0]
            if url in pages and url not in found:
                found.add(url)
                ahead.append(url)
    assert set(pages) - found == {"404.html"}


def test_links_are_followed_without_saying_where_from(pages):
    telling = {f"{page.url}: {target}" for page in pages.values() for link, target in page.links()
               if re.match("https?:", target) and "noreferrer" not in link.get("rel", "").split()}
    assert telling == set()


def test_links_outside_are_web_mail_or_telephone_only(pages):
    odd = {f"{page.url}: {target}" for page in pages.values() for _, target in page.links()
           if is_outside(target) and not re.fullmatch(r"https?://\S+|mailto:[^\s?]+@[^\s?]+|tel:\+?\d+", target)}
    assert odd == set()


def test_no_link_leads_to_markdown(pages):
    assert {f"{page.url}: {target}" for page in pages.values() for _, target in page.links()
            if not is_outside(target) and urldefrag(target)[0].endswith(".md")} == set()


def test_ids_are_unique_in_each_page(pages):
    assert {page.url: again for page in pages.values()
            if (again := [name for name, times in Counter(page.ids()).items() if times > 1])} == {}
