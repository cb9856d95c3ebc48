"""What a page may load and run: its Content-Security-Policy.

Each page brings its own in a `<meta>`, so that it holds on any host. A host that reads `docs/_headers` sends one more
for the whole site. A browser keeps to both at once, so that one has to allow what any page may ask for; the page's own
is the one that binds. (One rule for the whole site, because hosts do not agree on what a second rule for the same
address means: some let the last one win, some join the two and hold the page to both.)
"""

from collections.abc import Mapping

Sources = Mapping[str, str]
"""Directives, each with the sources it allows."""

EVERY_PAGE: Sources = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
    "base-uri": "'none'", "form-action": "'none'"}

BEYOND: Mapping[str, Sources] = {
    "wasm": {"script-src": "'wasm-unsafe-eval'", "connect-src": "'self'", "worker-src": "'self'"},
}
"""What a page may have besides, by the name it asks with in its front matter: `policy: wasm`."""

PREVIEW: Sources = {"script-src": "'unsafe-inline'", "connect-src": "'self'"}
"""For `mkdocs serve`, which writes its own script into each page. Never in a built site."""


def policy(*beyond: Sources) -> str:
    """A policy as text: what every page may, and what is granted besides."""
    allowed: dict[str, dict[str, None]] = {}
    for part in (EVERY_PAGE, *beyond):
        for directive, sources in part.items():
            allowed.setdefault(directive, {}).update(dict.fromkeys(sources.split()))  # each once, in order
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in allowed.items())


def of_host() -> str:
    """The policy that a host sends with everything: the widest of any page, and what only a header can say."""
    return policy(*BEYOND.values(), {"frame-ancestors": "'none'"})
