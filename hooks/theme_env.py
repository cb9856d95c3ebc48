"""What the theme's own templates need: dates in words, and whether this is a live preview."""

from quiz import wording

preview = False
"""Set once, when MkDocs starts: true under `mkdocs serve`, whose reload script the strict policy would refuse."""


def on_startup(*, command, dirty):
    global preview
    preview = command == "serve"


def on_env(env, *, config, files):
    env.filters["day"] = wording.day
    env.globals["preview"] = preview
    return env
