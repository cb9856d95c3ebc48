"""The record that is taken away as a Word document: made in the browser, read here, opened by a word processor."""

import io
import re
import shutil
import subprocess

import docx
import pytest

from tests.site.building import ROOT
from tests.site.checking import go_through, start, to_the_result, visiting, wait_until_ready
from waymark_site import record_docx

pytestmark = pytest.mark.xdist_group("check")

SCRIPT = (ROOT / "hooks" / "theme" / "assets" / "site" / "check-docx.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def taken(browser, server, tmp_path_factory):
    """The same result, as a Word document and as text."""
    folder = tmp_path_factory.mktemp("taken")
    with visiting(browser, server) as page:
        start(page)
        wait_until_ready(page)
        go_through(page)
        to_the_result(page)
        for kind in ("Word", "text"):
            with page.expect_download() as download:
                page.click(f"text=Download for {kind}" if kind == "Word" else f"text=Download as {kind}")
            download.value.save_as(folder / download.value.suggested_filename)
    return folder


def test_the_document_says_what_the_text_says(taken):
    text = (taken / "waymark-result.txt").read_text(encoding="utf-8")
    lines = [re.sub(r"^(! |\[ \] )|: _+$", "", line.strip()) for line in text.splitlines() if line.strip()]
    written = [paragraph.text.removeprefix("☐ ").strip() for paragraph in docx.Document(taken / "waymark-result.docx").paragraphs]
    assert written == lines and len(lines) > 100
    assert written[-4:] == ["Reference", "Completed by", "Signature", "Date"]


def test_every_style_is_one_that_the_template_has(site, taken):
    template = docx.Document(io.BytesIO(record_docx.template(site.registry.registry)))
    known = {style.style_id for style in template.styles}
    used = set(re.findall(r': "(\w+)"', SCRIPT.split("STYLES = ")[1].split("}")[0])) | {"Lead"}
    assert used <= known and template.paragraphs == []
    in_use = {paragraph.style.style_id for paragraph in docx.Document(taken / "waymark-result.docx").paragraphs}
    assert {"Title", "Heading1", "Lead", "Under", "Tick", "Blank"} <= in_use <= used


def test_it_carries_the_registry_s_version_and_nobody_s_name(site, taken):
    document = docx.Document(taken / "waymark-result.docx")
    about = site.registry.registry
    assert about.version in document.sections[0].footer.paragraphs[0].text
    assert document.core_properties.author == about.maintainer and document.core_properties.language == "en-GB"


def test_where_the_template_does_not_come_that_is_told(browser, server):
    with browser.new_context() as context, context.new_page() as page:
        page.goto(f"{server}check/#service=respect-phoneline")
        page.route("**/record.*.docx", lambda route: route.abort())
        start(page)
        wait_until_ready(page)
        go_through(page)
        to_the_result(page)
        page.click("text=Download for Word")
        page.wait_for_selector("text=The Word file could not be made")


def test_the_template_is_the_same_at_each_build(site):
    assert record_docx.template(site.registry.registry) == record_docx.template(site.registry.registry)


def test_a_word_processor_opens_it(taken):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice to open it with")
    profile = f"-env:UserInstallation=file://{taken / 'profile'}"
    subprocess.run([office, profile, "--headless", "--convert-to", "pdf", "--outdir", taken, taken / "waymark-result.docx"],
                   check=True, capture_output=True, timeout=120)
    assert (taken / "waymark-result.pdf").read_bytes().startswith(b"%PDF")
