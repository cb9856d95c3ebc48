"""Each page may load and run what its own policy says and no more, and no host's headers stand in its way."""

from collections import Counter

import yaml

from tests.site.building import built_in, mkdocs_build, written_by_hand
from tests.site.hosting import headers_at, rules_of, serving
from tests.site.reading import Pages
from waymark_site.policy import BEYOND, EVERY_PAGE, PREVIEW, of_host, policy


def test_each_page_has_the_policy_of_every_page_and_what_it_asks_for(pages):
    asked = {url: yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1]).get("policy")
             for url, file in written_by_hand().items()}
    for page in pages.values():
        name = asked.get(page.url)
        expected = policy(BEYOND[name]) if name else policy()
        assert page.meta("http-equiv", "Content-Security-Policy") == [expected], page.url


def test_no_page_may_run_what_is_not_a_file_of_this_site():
    assert EVERY_PAGE["default-src"] == "'none'" and EVERY_PAGE["script-src"] == EVERY_PAGE["style-src"] == "'self'"
    assert "connect-src" not in EVERY_PAGE
    granted = " ".join(source for part in (EVERY_PAGE, *BEYOND.values()) for source in part.values())
    assert set(granted.split()) == {"'none'", "'self'", "data:", "'wasm-unsafe-eval'"}


def test_what_is_granted_is_added_to_what_every_page_may():
    rules = dict(rule.split(" ", 1) for rule in policy(BEYOND["wasm"]).split("; "))
    assert rules == EVERY_PAGE | {
        "script-src": "'self' 'wasm-unsafe-eval'", "connect-src": "'self'", "worker-src": "'self'"}
    assert "'unsafe-inline'" in policy(PREVIEW) and "unsafe" not in policy()


def test_the_host_sends_the_widest_policy_with_everything(built):
    rules = rules_of(built)
    sent = [dict(headers_at(rules, address)) for address in ("/", "/about/", "/404.html", "/assets/site/exit.js")]
    assert {headers["Content-Security-Policy"] for headers in sent} == {of_host()}
    assert {headers["Referrer-Policy"] for headers in sent} == {"no-referrer"}


def test_no_address_is_sent_the_same_header_by_two_rules(built):
    """Hosts do not agree on what that means: the last one wins, or both are joined."""
    rules = rules_of(built)
    for file in built.rglob("*"):
        address = "/" + file.relative_to(built).as_posix().removesuffix("index.html")
        times = Counter(name for name, _ in headers_at(rules, address))
        assert {name for name, count in times.items() if count > 1} == set(), address


def test_an_unknown_policy_stops_the_build_and_the_right_names_are_told(project, tmp_path):
    (project / "docs" / "odd.md").write_text("---\ntitle: Odd\npolicy: everything\n---\n# Odd\n", encoding="utf-8")
    done = mkdocs_build(project, tmp_path / "site")
    assert done.returncode == 1
    assert "odd.md: policy: found 'everything', expected one of: wasm." in done.stdout
    assert "Traceback" not in done.stdout


WASM = """async () => {
    try {
        await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
        return "runs"
    } catch (error) {
        return error.name
    }
}"""
"""The smallest module there is."""


def test_only_a_page_that_asks_may_run_webassembly_and_a_host_s_headers_let_it(browser, project, tmp_path):
    (project / "docs" / "wasm.md").write_text("---\ntitle: Wasm\npolicy: wasm\n---\n# Wasm\n", encoding="utf-8")
    site = built_in(project, tmp_path / "site")
    assert Pages(site)["wasm/"].meta("http-equiv", "Content-Security-Policy") == [policy(BEYOND["wasm"])]
    with serving(site) as server, browser.new_page() as tab:
        found = {}
        for page in ("about/", "wasm/"):
            assert "'wasm-unsafe-eval'" in tab.goto(server + page).headers["content-security-policy"]
            found[page] = tab.evaluate(WASM)
    assert found == {"about/": "CompileError", "wasm/": "runs"}
