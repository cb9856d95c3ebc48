"""The search index, once the pages are written. A page written by hand is found if its front matter says what
it is, as `search: Guide`."""

import sys
from pathlib import Path

from waymark_site import render, search, search_index


def on_config(config):
    config.extra["found"] = []


def on_page_content(html, *, page, config, files):
    if "search" in page.meta:
        config.extra["found"].append(search.by_hand(page.url, page.title, page.meta["search"], page.meta["description"], html))


def on_post_build(*, config):
    if search_index.program():
        found = (*search.records(config.extra["site"]), *config.extra["found"])
        search_index.write(map(render.record, found), {record.place: record.facets for record in found if record.facets},
                           Path(config.site_dir))
    else:
        print("Search is left out of the site: there is no Pagefind for this machine.", file=sys.stderr)
