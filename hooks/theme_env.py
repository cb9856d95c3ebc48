"""What the theme's own templates need: dates in words, the policy of a page and the modules that its scripts bring."""

from mkdocs.exceptions import PluginError

from quiz import wording
from waymark_site.modules import brought
from waymark_site.policy import BEYOND, PREVIEW, policy

preview = False
"""Set once, when MkDocs starts: true under `mkdocs serve`, whose reload script the strict policy would refuse."""


def on_startup(*, command, dirty):
    global preview
    preview = command == "serve"


def on_env(env, *, config, files):
    env.filters["day"] = wording.day
    env.globals["policy"] = policy_of
    env.globals["modules_of"] = lambda page: brought(page.meta.get("scripts") or []) if page else []
    return env


def policy_of(page):
    """The Content-Security-Policy of a page, or of the one for what is not found."""
    granted = [PREVIEW] if preview else []
    name = page.meta.get("policy") if page else None
    if name is not None:
        if name not in BEYOND:
            raise PluginError(f"{page.file.src_uri}: policy: found {name!r}, expected one of: {', '.join(BEYOND)}.")
        granted.append(BEYOND[name])
    return policy(*granted)
