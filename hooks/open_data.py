"""The registry as open data: files beside the pages, and what each service's page carries for programs."""

from mkdocs.structure.files import File

from waymark_site import opendata
from waymark_site.opendata import structured


def on_files(files, *, config):
    for place, content in opendata.files(config.extra["site"], config.site_url or "").items():
        files.append(File.generated(config, place, content=content))


def on_pre_page(page, *, config, files):
    page.update_date = config.extra["site"].registry.registry.date  # the sitemap is dated by the registry, not by the clock
    return page


def on_page_context(context, *, page, config, nav):
    made = getattr(page.file, "waymark_page", None)
    if made and made.fragment == "service":
        context["structured"] = structured.text(config.extra["site"], made.thing["service"], config.site_url or "")
    return context
