"""The engine in a real browser: the same answers as anywhere, whatever goes wrong with it is told or mended by itself,
and nothing that it was told leaves it."""

import json
import re
import time

import pytest

from quiz import browser as door
from quiz.pathway import Rulebook
from tests.quiz.test_real_cases import CASES
from tests.quiz.vectors import vectors
from tests.site.building import ROOT
from tests.site.engine_page import ADDRESS, ask, beside, opened
from tests.site.hosting import serving
from waymark_site.runtime import archive

pytestmark = pytest.mark.xdist_group("engine")

MOTHER = next(case.facts for case in CASES if case.name == "dvact:mother-has-left-and-looks-back")
STEP = {"given": MOTHER, "service": None}
LIBRARY, WHOLE, WASM, RULES = "**/library.*.wasm", "**/whole.*.zip", "**/pyodide.asm.wasm", "**/rules.*.json"


@pytest.fixture(scope="session")
def alone(built, engine_files, tmp_path_factory):
    """The address of a host that serves the engine's own page."""
    with serving(beside(built, tmp_path_factory.mktemp("engine-site"), engine_files)) as home:
        yield home


@pytest.fixture
def tab(browser):
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def expected(engine_files):
    """What CPython says, through the same door and with the same rules."""
    assert "error" not in json.loads(door.ready(engine_files.parts["rules"].content.decode()))
    return lambda call, asked: json.loads(getattr(door, call)(json.dumps(asked)))


def asked_for(tab) -> list[str]:
    """The addresses that a tab asks for from now on."""
    found: list[str] = []
    tab.on("request", lambda request: found.append(request.url))
    return found


def left_running(tab) -> list:
    """The workers of a tab, once those that were ended are gone."""
    for _ in range(50):
        if not tab.workers:
            break
        tab.wait_for_timeout(100)
    return tab.workers


# —— The same answers ——

def test_every_vector_gets_the_same_answer_as_in_cpython(tab, alone, site, expected):
    opened(tab, alone)
    asked = [(call, json.loads(text)) for call, text in vectors(Rulebook(site.registry), [case.facts for case in CASES])]
    assert len(asked) > 600
    answers = tab.evaluate("""async (asked) => {
        const answers = await Promise.all(asked.map(([call, request]) => engine[call](request)))
        return answers.map((answer) => JSON.stringify(answer))
    }""", asked)
    different = [request for request, answer in zip(asked, answers, strict=True) if json.loads(answer) != expected(*request)]
    assert different == []


def test_a_wrong_question_is_told_in_plain_words_and_the_engine_lives_on(tab, alone, expected):
    opened(tab, alone)
    wrong = {"given": {"area": "lond"}, "service": None}
    assert ask(tab, "step", wrong) == {"said": expected("step", wrong)}
    assert ask(tab, "step", STEP) == {"said": expected("step", STEP)}


# —— How it starts ——

def test_it_starts_with_the_small_library_and_tells_what_is_loading_and_how_much(tab, alone, engine_files):
    asked = asked_for(tab)
    opened(tab, alone)
    assert "said" in ask(tab, "step", STEP)
    assert not [url for url in asked if "whole." in url]
    told = tab.evaluate("told")
    assert [one for one in told if isinstance(one, str)] == ["loading", "ready"]
    progress = [one for one in told if isinstance(one, dict)]
    assert {one["file"] for one in progress} == engine_files.parts.keys() - {"whole"}
    loaded = [one["loaded"] for one in progress]
    total = sum(len(part.content) for name, part in engine_files.parts.items() if name != "whole")
    assert loaded == sorted(loaded) and loaded[-1] == total and {one["total"] for one in progress} == {total}


def test_on_a_slow_line_it_is_told_how_much_has_come_and_nothing_is_given_up(tab, built, engine_files, expected, tmp_path):
    """The longest part takes longer than the page is patient: what comes of it is a sign of life."""
    with serving(beside(built, tmp_path, engine_files), pause=0.1) as home:
        assert ask(opened(tab, home, patience=2000), "step", STEP) == {"said": expected("step", STEP)}
    told = [one["loaded"] for one in tab.evaluate("told.filter(({ file }) => file === 'wasm')")]
    assert told == sorted(told) and len(set(told)) > 5


def test_what_is_asked_before_it_is_ready_is_answered_in_turn(tab, alone, expected):
    opened(tab, alone)
    some = [{"given": case.facts, "service": None} for case in CASES[:5]]
    assert tab.evaluate("some => Promise.all(some.map((asked) => engine.step(asked)))", some) == [
        expected("step", asked) for asked in some]


def test_a_site_built_without_it_says_so(built, tab, engine_files, tmp_path):
    with serving(beside(built, tmp_path, engine_files)) as home:
        page = tmp_path / ADDRESS / "index.html"
        page.write_text(re.sub('<meta name="engine".*', "", page.read_text()))
        found = ask(opened(tab, home), "step", STEP)
        assert found["why"] == "unavailable" and "built without" in found["says"]
        assert tab.evaluate("engine.state") == "failed"


# —— What goes wrong with the small library is mended by the whole one ——

def damaged(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes(1000) + content[middle + 1000:]


DAMAGE = {
    "changed on the way": {"body": damaged},
    "cut off": {"body": lambda content: content[:300_000]},
    "empty": {"body": lambda content: b""},
    "a page in its place": {"body": lambda content: b"<!doctype html><title>Sign in</title>", "content_type": "text/html"},
    "missing": {"status": 404, "body": lambda content: b""},
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_library_is_replaced_by_the_whole_one(tab, alone, engine_files, expected, damage):
    body = damage["body"](engine_files.parts["library"].content)
    tab.route(LIBRARY, lambda route: route.fulfill(**damage | {"body": body}))
    asked = asked_for(tab)
    assert ask(opened(tab, alone), "step", STEP) == {"said": expected("step", STEP)}
    assert len([url for url in asked if "whole." in url]) == 1
    assert [one for one in tab.evaluate("told") if isinstance(one, str)] == ["loading", "loading", "ready"]


def with_library(engine_files, change):
    """What to change in the plan of a page so that it takes this library: the small one with some of its files changed."""
    files = archive.unzipped(engine_files.parts["library"].content)
    change(files)
    content = archive.as_module(archive.zipped(files))
    return content, lambda plan: plan["files"]["library"].pop("integrity")


LACKS = {"a module of the engine": ["quiz/telling.pyc"], "one of Python’s own": ["enum.pyc"], "what Python starts with": [
    "encodings/__init__.pyc"], "everything": None}


@pytest.mark.parametrize("lacking", LACKS.values(), ids=LACKS)
def test_a_library_that_lacks_a_part_is_replaced_by_the_whole_one(built, browser, engine_files, expected, tmp_path, lacking):
    content, change = with_library(engine_files, lambda files: [files.pop(name) for name in lacking or list(files)])
    with serving(beside(built, tmp_path, engine_files, change)) as home, browser.new_context() as context:
        tab = context.new_page()
        tab.route(LIBRARY, lambda route: route.fulfill(body=content))
        assert ask(opened(tab, home, patience=20_000), "step", STEP) == {"said": expected("step", STEP)}


def test_what_a_library_turns_out_to_lack_while_it_answers_is_asked_again_of_the_whole_one(
        built, browser, engine_files, expected, tmp_path):
    def lacking(files):
        del files["quiz/browser.pyc"]
        files["quiz/browser.py"] = b"def ready(text):\n return '{}'\ndef practise(turn):\n pass\ndef step(text):\n import nowhere\n"

    content, change = with_library(engine_files, lacking)
    with serving(beside(built, tmp_path, engine_files, change)) as home, browser.new_context() as context:
        tab = context.new_page()
        tab.route(LIBRARY, lambda route: route.fulfill(body=content))
        asked = asked_for(tab)
        assert ask(opened(tab, home), "step", STEP) == {"said": expected("step", STEP)}
        assert [one for one in tab.evaluate("told") if isinstance(one, str)] == ["loading", "ready", "loading", "ready"]
        assert len([url for url in asked if "whole." in url]) == 1


def test_the_whole_library_gives_the_same_answers(tab, alone, expected):
    tab.route(LIBRARY, lambda route: route.abort())
    opened(tab, alone)
    for case in CASES[::20]:
        for call in ("step", "result"):
            asked = {"given": case.facts, "service": None}
            assert ask(tab, call, asked) == {"said": expected(call, asked)}


# —— What cannot be mended is told plainly, and can be tried again ——

MISSING = {"its program": WASM, "its loader": "**/pyodide.mjs", "its other half": "**/pyodide.asm.js", "the criteria": RULES,
           "the worker": "**/engine-worker.js"}


@pytest.mark.parametrize("part", MISSING.values(), ids=MISSING)
def test_a_missing_part_is_told_and_the_next_try_may_succeed(tab, alone, expected, part):
    tab.route(part, lambda route: route.fulfill(status=404, body=""))
    found = ask(opened(tab, alone), "step", STEP)
    assert found["why"] == "missing" and found["file"] and "could not be fetched" in found["says"]
    assert tab.evaluate("[engine.state, engine.failure.why]") == ["failed", "missing"]
    tab.unroute(part)
    assert ask(tab, "step", STEP) == {"said": expected("step", STEP)}
    assert tab.evaluate("[engine.state, engine.failure]") == ["ready", None]


def test_without_a_connection_that_is_told(tab, alone):
    opened(tab, alone)
    tab.context.set_offline(True)
    assert ask(tab, "step", STEP)["why"] == "missing"


def test_a_damaged_program_is_told(tab, alone, engine_files):
    tab.route(WASM, lambda route: route.fulfill(body=damaged(engine_files.parts["wasm"].content), content_type="application/wasm"))
    assert ask(opened(tab, alone), "step", STEP)["why"] == "broken"


def test_damaged_criteria_are_never_used(tab, alone, engine_files):
    tab.route(RULES, lambda route: route.fulfill(body=engine_files.parts["rules"].content.replace(b"not_high", b"not_hihg")))
    assert ask(opened(tab, alone), "step", STEP) == {"why": "missing", "file": "rules", "says": ask(tab, "step", STEP)["says"]}


def test_a_program_of_another_type_runs_all_the_same(tab, alone, engine_files, expected):
    tab.route(WASM, lambda route: route.fulfill(body=engine_files.parts["wasm"].content, content_type="application/octet-stream"))
    assert ask(opened(tab, alone), "step", STEP) == {"said": expected("step", STEP)}


def test_a_policy_that_refuses_webassembly_is_told(tab, alone):
    strict = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'"}
    worker = (ROOT / "hooks" / "theme" / "assets" / "site" / "engine-worker.js").read_text(encoding="utf-8")
    tab.route("**/engine-worker.js", lambda route: route.fulfill(body=worker, content_type="text/javascript", headers=strict))
    found = ask(opened(tab, alone), "step", STEP)
    assert found["why"] == "refused" and "does not let the part run" in found["says"]


def test_a_browser_without_webassembly_is_told_at_once(tab, alone):
    tab.add_init_script("delete globalThis.WebAssembly")
    asked = asked_for(tab)
    assert ask(opened(tab, alone), "step", STEP)["why"] == "refused"
    assert not [url for url in asked if "/engine/" in url]


def test_what_never_comes_is_given_up(tab, alone):
    tab.route(WASM, lambda route: None)
    began = time.monotonic()
    found = ask(opened(tab, alone, patience=700), "step", STEP)
    assert found["why"] == "slow" and "too long" in found["says"]
    assert time.monotonic() - began < 30
    assert left_running(tab) == []


def test_a_slow_part_is_waited_for_while_something_comes(tab, alone, engine_files, expected):
    def slowly(route):
        time.sleep(1.5)
        route.fulfill(body=engine_files.parts["rules"].content)

    tab.route(RULES, slowly)
    assert ask(opened(tab, alone, patience=60_000), "step", STEP) == {"said": expected("step", STEP)}


# —— Its end ——

def test_stopping_ends_the_worker_and_what_was_asked_and_it_can_start_again(tab, alone, expected):
    opened(tab, alone)
    ask(tab, "step", STEP)
    assert len(tab.workers) == 1
    found = tab.evaluate("""async (asked) => {
        const waiting = engine.result(asked).then(() => "answered", (failure) => failure.why)
        engine.stop()
        return [await waiting, engine.state]
    }""", STEP)
    assert found == ["stopped", "idle"]
    assert left_running(tab) == []
    assert ask(tab, "step", STEP) == {"said": expected("step", STEP)}


def test_stopping_while_it_loads_leaves_nothing_running(tab, alone):
    opened(tab, alone)
    tab.evaluate("engine.start(); engine.stop()")
    assert left_running(tab) == [] and tab.evaluate("engine.state") == "idle"


# —— Nothing leaves it ——

def test_no_answer_leaves_the_page_and_none_is_kept(tab, alone):
    sent: list[str] = []
    tab.context.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data or ''}"))
    opened(tab, alone)
    ask(tab, "step", STEP)
    assert "said" in ask(tab, "result", {**STEP, "taken": ["dvact-bc-victim"], "start": "2026-03-02"})
    tab.wait_for_timeout(5_000)  # over the whole practice
    assert sent and all(line.startswith(f"GET {alone}") for line in sent)
    kept = tab.evaluate("""async () => JSON.stringify({
        local: { ...localStorage }, session: { ...sessionStorage }, history: history.state, address: location.href,
        title: document.title, cookie: document.cookie, databases: await indexedDB.databases(), caches: await caches.keys(),
        workers: (await navigator.serviceWorker.getRegistrations()).length })""")
    assert json.loads(kept) == {"local": {}, "session": {}, "history": None, "address": alone + ADDRESS, "title": "Engine",
                                "cookie": "", "databases": [], "caches": [], "workers": 0}
    words = {*MOTHER, *(str(value) for value in MOTHER.values() if isinstance(value, str)), "2026-03-02", "dvact-bc-victim"}
    found = [(word, line) for line in [*sent, kept] for word in words - {"yes", "no", "none"} if re.search(rf"\b{word}\b", line)]
    assert found == []
    assert tab.context.cookies() == []


def test_its_page_breaks_no_policy_and_says_nothing_on_the_console(tab, alone):
    said = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    opened(tab, alone)
    ask(tab, "step", STEP)
    assert said == []


# —— Fetched ahead ——

AHEAD = "services/dvact-bc-victim/"


def fetched_ahead(tab, home, page=AHEAD) -> list[str]:
    asked = asked_for(tab)
    tab.goto(home + page)
    tab.wait_for_timeout(3_000)
    return sorted(url.removeprefix(home) for url in asked if "/engine/" in url)


@pytest.mark.parametrize("page", ["", AHEAD])
def test_home_and_the_page_of_a_service_fetch_what_every_visit_needs_ahead(tab, alone, engine_files, page):
    assert fetched_ahead(tab, alone, page) == sorted(engine_files.first())


def test_other_pages_fetch_nothing_ahead(tab, alone):
    assert fetched_ahead(tab, alone, "glossary/") == []


@pytest.mark.parametrize("connection", ["{ saveData: true }", '{ effectiveType: "2g" }', '{ effectiveType: "slow-2g" }'])
def test_nothing_is_fetched_ahead_where_data_is_dear(tab, alone, connection):
    tab.add_init_script(f'Object.defineProperty(navigator, "connection", {{ value: {connection} }})')
    assert fetched_ahead(tab, alone) == []


def test_what_was_fetched_ahead_is_not_fetched_again(built, browser, engine_files, tmp_path):
    log: list[str] = []
    with serving(beside(built, tmp_path, engine_files), log) as home, browser.new_context() as context:
        tab = context.new_page()
        assert fetched_ahead(tab, home) == sorted(engine_files.first())
        log.clear()
        assert "said" in ask(opened(tab, home), "step", STEP)
        assert [path for path in log if path.startswith("/engine/")] == []


def test_a_second_visit_fetches_nothing_of_it(built, browser, engine_files, tmp_path):
    log: list[str] = []
    with serving(beside(built, tmp_path, engine_files), log) as home, browser.new_context() as context:
        tab = context.new_page()
        assert "said" in ask(opened(tab, home), "step", STEP)
        assert sorted(path.lstrip("/") for path in log if path.startswith("/engine/")) == sorted(engine_files.first())
        log.clear()
        assert "said" in ask(opened(tab, home), "step", STEP)
        assert [path for path in log if path.startswith("/engine/")] == []
