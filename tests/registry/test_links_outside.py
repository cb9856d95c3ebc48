"""Addresses outside are asked on request only, each once, and what they answer is told with where each is written."""

import http.server
import threading

import pytest

from tests.registry import real
from tests.registry.registries import write
from waymark_site import check, links, pages
from waymark_site.links import Exempt, Finding, Reply
from waymark_site.registry import RegistryFaults, opened


@pytest.mark.parametrize(("reply", "finding"), [
    (Reply(200, "https://a.example/x"), Finding.WELL), (Reply(200, "https://www.a.example/elsewhere"), Finding.WELL),
    (Reply(200, "https://shop.example/"), Finding.MOVED), (Reply(404, "https://a.example/x"), Finding.GONE),
    (Reply(410, "https://a.example/x"), Finding.GONE), (Reply(403, "https://a.example/x"), Finding.REFUSED),
    (Reply(503, "https://a.example/x"), Finding.REFUSED), (Reply(None, "https://a.example/x", "no such host"), Finding.SILENT)])
def test_what_an_answer_means(reply, finding):
    assert links.judged("https://a.example/x", reply)[0] is finding


def test_every_address_of_the_registry_is_asked_but_for_what_is_withheld():
    read = opened(*real.FILES)
    plain = real.data()
    wanted = {source["address"] for source in plain["sources"] if "address" in source} | {
        contact["value"] for section in ("providers", "services") for one in plain[section]
        for contact in one.get("contacts", ()) if contact["kind"] == "web" and "withheld" not in contact}
    assert set(links.addresses(read)) == wanted
    lines = real.FILES[0].read_text(encoding="utf-8").splitlines()
    for address, places in links.addresses(read).items():
        assert all(address in lines[int(place.split(":")[1]) - 1] for place in places), address


def test_the_page_that_the_way_out_leads_to_is_asked_too():
    found = links.addresses(opened(*real.FILES), real.ROOT)
    assert any(place.startswith("hooks/theme/partials/header.html:") for places in found.values() for place in places)
    assert not any("w3.org" in address for address in found)


def test_what_needs_somebody_is_told_and_what_is_excepted_is_not_asked_for_again():
    found = {"https://a.example/": ["services.yaml:3"], "https://b.example/": ["services.yaml:9", "docs/x.md:1"],
             "https://c.example/": ["services.yaml:12"]}
    replies = {"https://a.example/": Reply(200, "https://a.example/"), "https://b.example/": Reply(404, "https://b.example/"),
               "https://c.example/": Reply(403, "https://c.example/")}
    exceptions = (Exempt("https://c.example/", "It refuses programs.", "2026-06-01"),
                  Exempt("https://a.example/", "It was down.", "2026-06-02"),
                  Exempt("https://d.example/", "Old.", "2026-06-03"))
    lines = [line for line in links.told(found, exceptions, replies.__getitem__) if line]
    assert lines == [
        "Links outside: 3 asked, 1 answer.",
        "No longer there (1)",
        "  services.yaml:9, docs/x.md:1: https://b.example/ (status 404)",
        "Known exceptions (2)",
        "  https://c.example/: It refuses programs. (1 June 2026)",
        "  https://a.example/: It was down. (2 June 2026). It answers now: take the exception away",
        "  https://d.example/: excepted, and nothing leads there any more: take the exception away"]


def test_each_address_is_asked_once():
    asked = []

    def ask(address):
        asked.append(address)
        return Reply(200, address)

    found = {f"https://{host}.example/{page}": [] for host in "abc" for page in range(5)}
    list(links.told(found, (), ask))
    assert sorted(asked) == sorted(found)


@pytest.fixture
def host():
    """A host that answers by the address: 200, 404, or somewhere else."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status = int(self.path.strip("/") or 200)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/200")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_real_host_is_asked_as_a_browser_asks(host):
    assert links.ask(f"{host}/200").status == 200
    assert links.ask(f"{host}/404").status == 404
    assert links.ask(f"{host}/302") == Reply(200, f"{host}/200")


def test_a_host_that_is_not_there_is_told_and_not_raised():
    reply = links.ask("http://127.0.0.1:9/")
    assert reply.status is None and reply.problem


@pytest.mark.parametrize(("text", "expected"), [
    ("exceptions: [{address: https://a.example/, reason: It is down.}]", "expected text. Write the on"),
    ("exceptions: [{address: https://a.example/, reason: x, on: soon}]", "expected a day as YYYY-MM-DD"),
    ("exceptions: [{address: https://a.example/, reason: x, on: '2026-01-01', why: y}]", "the key 'why'"),
    ("exceptions:\n- {address: a, reason: x, on: '2026-01-01'}\n- {address: a, reason: x, on: '2026-01-01'}", "a second time"),
    ("exceptions: yes", "a list under 'exceptions'"), ("a: [", "valid YAML"), ("exceptions: [x]", "a mapping with")])
def test_a_fault_among_the_exceptions_is_told_like_any_other(tmp_path, text, expected):
    file = tmp_path / "link-exceptions.yaml"
    file.write_text(text)
    with pytest.raises(RegistryFaults, match=expected.replace("[", r"\[")) as error:
        links.exceptions(file)
    assert all(str(fault).startswith("link-exceptions.yaml:") for fault in error.value.faults)


def test_the_exceptions_of_the_project_are_sound():
    assert isinstance(links.exceptions(real.ROOT / links.EXCEPTIONS), tuple)


def test_the_command_asks_only_when_asked_to(tmp_path, monkeypatch, capsys):
    write(tmp_path)
    for folder in ("quiz", "tools", "docs", "hooks/theme"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "questions.yaml").rename(tmp_path / "quiz" / "questions.yaml")
    (tmp_path / "tools" / "link-exceptions.yaml").write_text("exceptions: []\n")
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setattr(pages, "NAMED", ())  # the small registry has nothing that a page names
    asked = []

    def ask(address):
        asked.append(address)
        return Reply(404, address)

    assert check.main([], ask=ask) == 0 and asked == []
    capsys.readouterr()
    assert check.main(["--links"], ask=ask) == 0  # an address that is gone stops no build
    assert asked == ["https://bridge.example.org/"]
    assert "https://bridge.example.org/ (status 404)" in capsys.readouterr().out
