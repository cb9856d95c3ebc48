"""Serve the quiz's engine: Pyodide with the engine in it, or, where it cannot be had, a site that says so.

A page runs it with `engine: here` in its front matter, or has it fetched ahead with `engine: ahead`, as the page of a
service does.
"""

import json
import sys
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from waymark_site import runtime

ROOT = Path(__file__).resolve().parent.parent

preview = False
"""Set once, when MkDocs starts: under `mkdocs serve` nothing is compressed, since nothing is far away."""


def on_startup(*, command, dirty):
    global preview
    preview = command == "serve"


def on_files(files, *, config):
    try:
        made = runtime.prepare(ROOT, config.extra["site"].registry, packed=not preview)
    except runtime.Unavailable as reason:
        made = None
        print(f"Built without the quiz's engine, since {reason}. The quiz page shows the checklists.", file=sys.stderr)
    else:
        print(f"The quiz's engine: {made.made}.", file=sys.stderr)
        for file in made.files:
            files.append(File.generated(config, file.url, content=file.content))
    config.extra["engine"] = made


def on_page_context(context, *, page, config, nav):
    service = getattr(page.file, "waymark_page", None)
    use = page.meta.get("engine", "ahead" if service and service.fragment == "service" else None)
    if use not in (None, "here", "ahead"):
        raise PluginError(f"{page.file.src_uri}: engine: found {use!r}, expected here or ahead.")
    made = config.extra["engine"]
    if made and use:
        context["engine"] = {
            "use": use, "plan": json.dumps(made.plan(lambda url: get_relative_url(url, page.url))),
            "record": json.dumps({name: get_relative_url(file.url, page.url) for name, file in made.taking.items()})
            if page.meta.get("record") else None,
            "first": [get_relative_url(url, page.url) for url in made.first()]}
    return context
