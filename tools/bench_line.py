"""A static host at the end of a line whose speed can be set, and a browser whose processor can be slowed.

The line is shaped here and not by the browser's own tools: those slow one page, and leave its workers as fast as ever.
"""

import gzip
import http.server
import mimetypes
import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

import browser

CHUNK = 1460
"""Bytes that go over a slow line at a time: what one packet holds."""
SLICE = 0.004
"""Seconds that a slowed processor runs before it has to wait."""
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json"}

TEXT = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt"}


@dataclass
class Line:
    """What lies between the host and the browser. All connections share it."""

    rate: float | None = None
    """Bytes in a second; None, as many as this computer can."""
    delay: float = 0.0
    """Seconds from a request to the first byte of its answer; once more for a new connection."""
    sent: Counter[str] = field(default_factory=Counter)
    """Bytes of bodies sent, by address."""
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _free: float = 0.0

    def send(self, write, body: bytes) -> None:
        """Write a body as fast as the line lets it through."""
        if self.rate is None:
            write(body)
            return
        for start in range(0, len(body), CHUNK):
            chunk = body[start:start + CHUNK]
            with self._turn:
                self._free = max(self._free, time.monotonic()) + len(chunk) / self.rate
                until = self._free
            if (wait := until - time.monotonic()) > 0:
                time.sleep(wait)
            write(chunk)


class _Host(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *arguments, site: Path, line: Line, packed: bool, **named) -> None:
        self.site, self.line, self.packed, self.fresh = site, line, packed, True
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        time.sleep(self.line.delay * (2 if self.fresh else 1))
        self.fresh = False
        place = urlsplit(self.path).path.lstrip("/")
        file = self.site / place
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        dated = formatdate(file.stat().st_mtime, usegmt=True)
        if self.headers.get("If-Modified-Since") == dated:
            self._head(304, file, dated, 0)
            return
        body, encoding = self._body(file)
        self._head(200, file, dated, len(body), encoding)
        self.line.send(self.wfile.write, body)
        self.line.sent[place] += len(body)

    def _body(self, file: Path) -> tuple[bytes, str | None]:
        """What is sent of a file, and how it is compressed: as it lies there ready, or else, if it is text, by the host."""
        ready = file.with_name(file.name + ".br")
        if self.packed and ready.is_file():
            return ready.read_bytes(), "br"
        body = file.read_bytes()
        return (gzip.compress(body, 6), "gzip") if self.packed and file.suffix in TEXT else (body, None)

    def _head(self, status: int, file: Path, dated: str, size: int, encoding: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(file.suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream")
        self.send_header("Last-Modified", dated)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        if self.packed:  # a host that is set up as docs/_headers asks; else one that nobody has set up
            kept = "public, max-age=31536000, immutable" if "engine" in file.parts else "no-cache" if file.suffix == ".html" \
                else "public, max-age=3600"
            self.send_header("Cache-Control", kept)
        self.send_header("Content-Length", str(size))
        self.end_headers()

    def log_message(self, *arguments) -> None:
        """Say nothing: what was sent is counted."""


@contextmanager
def serving(site: Path, line: Line, *, packed: bool) -> Iterator[str]:
    """The address of a site at the end of a line; `packed`, from a host that is set up well."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, site=site, line=line, packed=packed))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def visitor(slowed: int = 1) -> Iterator:
    """A page of a browser that was never used, with a cache on disk; its processor slowed so many times."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=browser.find(), timeout=120_000,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"])
        brake = multiprocessing.Process(target=_brake, args=(_group(profile), slowed), daemon=True)
        if slowed > 1:
            brake.start()
        try:
            yield context.pages[0]
        finally:
            if slowed > 1:
                brake.terminate()
                brake.join()
                os.killpg(_group(profile), signal.SIGCONT)
            context.close()


def _group(profile: str) -> int:
    """The process group of the browser that uses a profile."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if f"--user-data-dir={profile}".encode() in words and not any(word.startswith(b"--type=") for word in words):
                return os.getpgid(int(entry.name))
    raise RuntimeError("The browser was not found among the processes.")


def _brake(group: int, times: int) -> None:
    """Let a group of processes run for one part of the time in so many."""
    while True:
        os.killpg(group, signal.SIGSTOP)
        time.sleep(SLICE * (times - 1))
        os.killpg(group, signal.SIGCONT)
        time.sleep(SLICE)
