"""Serve the quiz's engine: Pyodide with the engine in it, or, where it cannot be had, a site that says so."""

import sys

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

from waymark_site import runtime

preview = False
"""Set once, when MkDocs starts: under `mkdocs serve` nothing is compressed, since nothing is far away."""


def on_startup(*, command, dirty):
    global preview
    preview = command == "serve"


@event_priority(50)
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
