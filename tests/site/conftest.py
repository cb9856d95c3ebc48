"""The real site, built once a run for all workers, then read, served and opened in a browser."""

import fcntl
import functools
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.site.building import ROOT, built_in, cannot_be_had, copy_of_project
from tests.site.hosting import serving
from tests.site.reading import Pages
from tools import browser as chromium
from waymark_site import runtime
from waymark_site.registry import read
from waymark_site.site import Site

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
"""Nothing leaves this computer, whatever a page or a test asks for."""


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id) -> Path:
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "built-site"
    with (shared / "built-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            built_in(ROOT, shared / "half-built-site").rename(folder)
    return folder


@pytest.fixture(scope="session")
def pages(built):
    return Pages(built)


@pytest.fixture(scope="session")
def site():
    return Site(read(ROOT / "services.yaml", ROOT / "quiz" / "questions.yaml"))


@pytest.fixture(scope="session")
def engine_files(site):
    """The engine as it is served, made as a build makes it."""
    try:
        return runtime.prepare(ROOT, site.registry, packed=True)
    except runtime.Unavailable as reason:
        cannot_be_had(f"no engine, since {reason}: run make test")


@pytest.fixture
def project(tmp_path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return copy_of_project(folder)


@pytest.fixture(scope="session")
def server(built):
    """The address of the site on this computer."""
    with serving(built) as address:
        yield address


@pytest.fixture(scope="session")
def launch():
    """Starts Chromium, as Playwright does unless told otherwise."""
    path = chromium.find()
    if path is None:
        cannot_be_had("no Chromium: install one, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        yield functools.partial(playwright.chromium.launch, executable_path=path, args=QUIET)


@pytest.fixture(scope="session")
def browser(launch):
    with launch() as launched:
        yield launched


@pytest.fixture(scope="session")
def visitor(browser):
    """A visitor who has never been here, and keeps whatever a page leaves behind."""
    with browser.new_context() as context:
        yield context


@pytest.fixture(scope="session")
def one_tab(visitor):
    return visitor.new_page()


@pytest.fixture
def tab(one_tab):
    """The visitor's tab; the same one for every test, since a new one takes longer than most of them."""
    one_tab.set_viewport_size({"width": 1280, "height": 900})
    one_tab.emulate_media(media="screen", color_scheme="light")
    return one_tab


@pytest.fixture(scope="session")
def tab_without_javascript(browser):
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()
