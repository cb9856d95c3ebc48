"""A static host for a built site: it sends the headers of `_headers`, what lies there compressed as such, and 404.html
for what is not there."""

import functools
import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

Rules = list[tuple[str, list[tuple[str, str]]]]
"""Patterns of addresses, each with the headers to send there."""

PART = 65536
"""Bytes of a file that are sent at a time."""


def rules_of(site: Path) -> Rules:
    """The rules of a site's `_headers`."""
    rules: Rules = []
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            rules.append((line.strip(), []))
        elif line.startswith(" "):
            name, _, value = line.partition(":")
            rules[-1][1].append((name.strip(), value.strip()))
    return rules


def headers_at(rules: Rules, address: str) -> list[tuple[str, str]]:
    """What is sent with an address such as `/assets/site/site.css`."""
    return [header for pattern, headers in rules if fnmatchcase(address, pattern) for header in headers]


class _Host(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments, rules: Rules, log: list[str], pause: float, **named):
        self.rules, self.log, self.pause = rules, log, pause
        super().__init__(*arguments, **named)

    def do_GET(self):
        self.log.append(self.path)
        super().do_GET()

    def send_head(self):
        file = Path(self.translate_path(self.path))
        packed = file.with_name(file.name + ".br")
        if not packed.is_file() or "br" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(packed.stat().st_size))
        self.end_headers()
        return packed.open("rb")

    def copyfile(self, source, outputfile):
        while part := source.read(PART):
            time.sleep(self.pause)
            outputfile.write(part)

    def end_headers(self):
        for name, value in headers_at(self.rules, self.path):
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        if code != 404:
            return super().send_error(code, message, explain)
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *arguments):
        pass


@contextmanager
def serving(site: Path, log: list[str] | None = None, pause: float = 0) -> Iterator[str]:
    """The address of a site on this computer; `log` is told every path that is asked for, and `pause` is how many
    seconds each part of a file is waited for."""
    handler = functools.partial(_Host, directory=str(site), rules=rules_of(site), log=[] if log is None else log, pause=pause)
    host = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=host.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{host.server_port}/"
    finally:
        host.shutdown()
        host.server_close()
        thread.join()
