"""The first use of each glossary term on a page leads to where the term is explained."""

from mkdocs.plugins import event_priority

from waymark_site.glossary_marks import Marks


def on_config(config):
    config.extra["marks"] = Marks(config.extra["site"].registry.glossary)


@event_priority(-50)  # when the page has the content that the registry brings
def on_page_content(html, *, page, config, files):
    return config.extra["marks"].marked(html, page.url)
