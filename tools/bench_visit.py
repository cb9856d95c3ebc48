"""A first visit in a real browser, counted by a local server that compresses as hosts do."""

import functools
import gzip
import http.server
import mimetypes
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

import browser

LEVEL = 6
"""How hard hosts compress with gzip, unless told otherwise."""
TEXT = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")
QUIET = 2.0
"""Seconds without a request after which a page has fetched all that it will."""


@dataclass
class Visit:
    """What the server sent to one visitor, and what was asked of other hosts."""

    bodies: Counter[str] = field(default_factory=Counter)
    """Bytes of bodies as sent, by place in the site; compressed where they are text, without headers."""
    ahead: Counter[str] = field(default_factory=Counter)
    """The same for what a browser fetches ahead of the next page, when it has nothing else to do."""
    requests: int = 0
    active: int = 0
    last: float = field(default_factory=time.monotonic)
    """Seconds, on the clock of this process, of the last request."""
    elsewhere: set[str] = field(default_factory=set)
    """Hosts that could not be reached and are not counted."""

    @property
    def sent(self) -> int:
        """All bytes of bodies that the pages themselves needed."""
        return self.bodies.total()


def first_visit(site: Path, pages: list[str]) -> Visit:
    """Open the pages of a built site one after another, as somebody who never was there before."""
    visit = Visit()
    with served(site, visit) as home, visitor() as page:
        page.on("request", lambda request: _elsewhere(visit, home, request.url))
        for place in pages:
            page.goto(home + place)
            while visit.active or time.monotonic() - visit.last < QUIET:
                page.wait_for_timeout(100)
    return visit


@functools.cache
def compressed(path: Path) -> bytes:
    """A file as a host sends it."""
    kind = mimetypes.guess_type(path)[0] or ""
    body = path.read_bytes()
    return gzip.compress(body, LEVEL, mtime=0) if kind.startswith(TEXT) else body


def _elsewhere(visit: Visit, home: str, address: str) -> None:
    if not address.startswith((home, "data:", "blob:")):
        visit.elsewhere.add(urlsplit(address).netloc)


@contextmanager
def visitor() -> Iterator:
    """A page of a browser with an empty profile and a cache on disk, that can reach this computer only."""
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=browser.find(),
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"])
        yield context.pages[0]
        context.close()


@contextmanager
def served(site: Path, visit: Visit) -> Iterator[str]:
    """Serve a folder on a free port of this computer, and give its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, site=site, visit=visit))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    """Sends files, text compressed, with leave to keep them for ten minutes."""

    def __init__(self, *args, site: Path, visit: Visit) -> None:
        self.site, self.visit = site, visit
        super().__init__(*args)

    def do_GET(self) -> None:
        self.visit.active += 1
        self.visit.requests += 1
        try:
            self._send(urlsplit(self.path).path.lstrip("/"))
        finally:
            self.visit.active -= 1
            self.visit.last = time.monotonic()

    def _send(self, place: str) -> None:
        path = self.site / place
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body, kind = compressed(path), mimetypes.guess_type(path)[0] or "application/octet-stream"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if kind.startswith(TEXT):
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)
        fetched = self.visit.ahead if self.headers.get("Sec-Purpose") == "prefetch" else self.visit.bodies
        fetched[place] += len(body)

    def log_message(self, *args) -> None:
        """Say nothing: the requests are counted."""
