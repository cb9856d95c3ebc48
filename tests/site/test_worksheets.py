"""The worksheets: what each holds is what the registry says, whole and the same on its page and in its file."""

import dataclasses
import datetime
import re
import shutil
import subprocess
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from quiz import logic
from quiz.suitability import Effect
from tests.registry import documents as printed
from tests.site.building import built_in
from tests.site.reading import has_class, text
from waymark_site import worksheet_docx
from waymark_site.registry.rules.language import QUOTED, WORDS
from waymark_site.site import Site
from waymark_site.worksheets import AFTER, BEFORE, CHECKED, Blanks, Grid, Line, Ticks

SHEETS = ("dao-screening", "dao-consent", "dao-referral", "dvact-referral", "dvip-referral", "action-plan", "referral-record")
REFERRALS = {"dao-referral": "west-sussex-dao", "dvact-referral": "dvact-pai", "dvip-referral": "dvip"}
MOST_PAGES = {"dao-referral": 7, "dvact-referral": 7, "dvip-referral": 12}
"""How many sides of A4 a long sheet may take; the others five. The longest has a part for each of eleven services."""


@pytest.fixture(scope="module")
def sheets(site):
    return {sheet.id: sheet for sheet in site.worksheets}


@pytest.fixture(scope="module")
def files(built):
    """Each file as python-docx reads it."""
    return {id: docx.Document(str(built / "worksheets" / f"{id}.docx")) for id in SHEETS}


def squeezed(written: str) -> str:
    """A text without spaces and without the numbers of sources, which stand apart in the two."""
    return re.sub(r"\[?\bSource \d+\b\]?|\[\d+\]|\s", "", written)


def of_file(document) -> str:
    """Everything that the body of a file says, in order."""
    return squeezed("".join(node.text or "" for node in document.element.body.iter(qn("w:t"))))


# —— One definition ——

def test_there_is_a_sheet_for_everything_that_was_asked_for(site):
    assert tuple(sheet.id for sheet in site.worksheets) == SHEETS


@pytest.mark.parametrize("id", SHEETS)
def test_page_and_file_hold_every_line_in_the_same_order(sheets, pages, files, id):
    for shown in (squeezed(text(pages[f"worksheets/{id}/"].article)), of_file(files[id])):
        place = 0
        for one in parts(sheets[id]):
            found = shown.find(squeezed(one), place)
            assert found >= 0, one
            place = found


def parts(sheet):
    """Every text of a sheet in order."""
    yield from (sheet.title, sheet.says)
    for section in sheet.sections:
        yield section.title
        for part in section.parts:
            if isinstance(part, Blanks):
                yield from part.labels
            elif isinstance(part, Grid):
                yield from part.columns
            else:
                for line in part.lines:
                    yield from said(line)


def said(line: Line):
    yield from filter(None, (line.title, line.says))
    for more in line.more:
        yield from said(more)


@pytest.mark.parametrize("id", SHEETS)
def test_page_and_file_have_a_box_for_each_line_and_answer(sheets, pages, files, id):
    wanted = sum(len(part.lines) * len(part.boxes) for section in sheets[id].sections for part in section.parts
                 if isinstance(part, Ticks))
    assert sum(has_class(part, "box") for part in pages[f"worksheets/{id}/"].article.iter("span")) == wanted
    assert len(list(files[id].element.body.iter(qn("w:sdt")))) == wanted


@pytest.mark.parametrize("id", SHEETS)
def test_page_and_file_name_the_same_sources_under_the_same_numbers(site, sheets, pages, files, id):
    wanted = list(dict.fromkeys(where for line in sheets[id].lines() for where in line.sources))
    page = pages[f"worksheets/{id}/"].article
    listed = [text(item) for item in page.iter("li") if (item.get("id") or "").startswith("source-")]
    names = {where: "{0.title} ({0.publisher}, {0.date_printed})".format(site.sources[where.document]) for where in wanted}
    assert listed == [f"{names[where]}: {where.section}" for where in wanted]
    heads = [paragraph.text for paragraph in files[id].paragraphs]
    assert heads[heads.index("Sources") + 1:] == [
        f"{name}: " + "; ".join(f"[{number}] {where.section}" for number, where in enumerate(wanted, 1) if names[where] == name)
        for name in dict.fromkeys(names.values())]


# —— What they hold is the registry's ——

@pytest.mark.parametrize("id", REFERRALS)
def test_a_checklist_has_every_service_of_its_provider_that_asks_for_papers(site, sheets, id):
    assert sheets[id].services == tuple(service.id for service in site.registry.services if service.provider == REFERRALS[id]
                                        and service.documents and not service.browse_only)


@pytest.mark.parametrize("id", REFERRALS)
def test_a_checklist_has_every_criterion_once_with_effect_advice_and_source(site, sheets, id):
    shared = {one.id: one.criteria for one in site.registry.shared_criteria}
    services = [site.services[name] for name in sheets[id].services]
    names = dict.fromkeys(name for service in services for name in service.shared_criteria)
    criteria = [criterion for block in (*map(shared.get, names), *(service.criteria for service in services)) for criterion in block]
    lines = [line for section in sheets[id].sections for part in section.parts
             if isinstance(part, Ticks) and part.head == "Criterion" for line in part.lines]

    def as_told(criterion):
        effect, = (effect for effect in Effect if getattr(criterion, effect))
        return f"{effect.label}.", criterion.says, (criterion.source,), criterion.advice or ""

    told = [(line.title, line.says, line.sources, "".join(more.says for more in line.more)) for line in lines]
    assert sorted(told, key=repr) == sorted(map(as_told, criteria), key=repr)


@pytest.mark.parametrize("id", REFERRALS)
def test_a_criterion_of_some_services_only_says_which(site, sheets, id):
    services = [site.services[name] for name in sheets[id].services]
    for block in site.registry.shared_criteria:
        holders = [service.name for service in services if block.id in service.shared_criteria]
        if holders:
            section = next(one for one in sheets[id].sections if one.title == block.says.rstrip("."))
            told = next((line.says for part in section.parts for line in part.lines if line.title == "For:"), "")
            others = [service.name for service in services if service.name not in holders]
            wanted = "" if not others else "All but: " + "; ".join(others) + "." if len(holders) > len(others) else "; ".join(holders) + "."
            assert told == wanted, block.id


@pytest.mark.parametrize("id", SHEETS)
def test_the_papers_named_are_the_registry_s_with_condition_holder_and_warnings(site, sheets, id):
    lines = {line.page: line for line in sheets[id].lines() if line.page.startswith("documents/")}
    wanted = [site.documents[name] for name in sheets[id].documents]
    if id in REFERRALS:
        assert [document.id for document in wanted] == [document.id for document in site.registry.documents if any(
            document.id in site.services[name].documents for name in sheets[id].services)]
    if id not in ("dao-screening", "action-plan"):
        assert set(lines) == {f"documents/{document.id}/" for document in wanted}
    for document in wanted if lines else ():
        line = lines[f"documents/{document.id}/"]
        assert line.title.rstrip(".") == document.name and line.says.rstrip(".") == document.needed.rstrip(".")
        assert document.held_by.rstrip(".").lower() in line.more[0].says.lower()
        cautions = {(one.says, one.sources[0]) for one in line.more if one.title == "Take care."}
        assert cautions == (set() if id == "referral-record" else {(one.says, one.source) for one in document.cautions})


@pytest.mark.parametrize("id", REFERRALS)
def test_a_checklist_has_prices_lengths_steps_warnings_and_contacts(site, sheets, pages, id):
    shown = text(pages[f"worksheets/{id}/"].article)
    for service in (site.services[name] for name in sheets[id].services):
        for price in service.prices:
            assert f"£{price.amount:,}" in shown
        assert service.prices or service.price_status.label in shown
        for statement in (*service.referral.steps, *service.cautions):
            assert statement.says in shown
        for contact in site.contacts(service):
            assert (contact.value not in shown and contact.withheld in shown) if contact.withheld else contact.value in shown


def test_the_screening_sheet_has_the_form_and_the_principles_that_the_form_does_not_ask(site, sheets):
    sheet, form = sheets["dao-screening"], site.services["dao-screening"]
    questions = [section for section in sheet.sections if re.match(r"\d\. ", section.title)]
    assert [section.title for section in questions] == [f"{n}. {one.asks}" for n, one in enumerate(form.screening, 1)]
    for section, question in zip(questions, form.screening, strict=True):
        assert [(line.title, line.says, line.more[0].says.rstrip(".")) for line in section.parts[0].lines] == [
            (answer.says, answer.then, answer.leads_to.label) for answer in question.answers]
    asked = {"probation", "recency", "consent", "acknowledgement"}
    assert asked == {question.fact for question in form.screening}
    principles = {line.says for section in sheet.sections for part in section.parts
                  if isinstance(part, Ticks) and part.head == "Criterion" for line in part.lines}
    assert principles == {check.criterion.says for check in site.checks(site.services["dao-risk-assessment"])
                          if not asked & set(logic.facts(check.expression))}
    assert {"The person can come to appointments at an office in West Sussex.",
            "There is an open police investigation, so the team may not take the case."} <= principles


def test_the_consent_sheet_has_what_the_form_tells_and_whom_the_person_may_refuse(site, sheets):
    tell, every, some = site.services["dao-screening"].topics
    boxes = {section.title: (part.boxes, tuple(line.says for line in part.lines))
             for section in sheets["dao-consent"].sections for part in section.parts if isinstance(part, Ticks)}
    assert boxes[tell.title] == (("Said",), tell.items)
    assert boxes[every.title] == (("Said",), every.items)
    assert boxes[some.title] == (("Agrees", "Says no"), some.items)
    told = {line.says for line in sheets["dao-consent"].lines()}
    assert "Ask the team for a consultation. Consent must be free, so do not press for it." in told
    assert {caution.says for caution in site.services["dao-risk-assessment"].cautions
            if caution.source.section == "Confidential Information"} <= told


def test_the_action_plan_has_the_columns_of_the_one_that_is_printed(site, sheets):
    grid, = (part for section in sheets["action-plan"].sections for part in section.parts if isinstance(part, Grid))
    topics, = site.services["dao-reports"].topics
    assert (grid.columns, topics.source.section) == (topics.items, "Action Plan") and grid.rows >= 4


def test_the_record_has_every_document_and_every_stage(site, sheets):
    sheet = sheets["referral-record"]
    assert sheet.documents == tuple(document.id for document in site.registry.documents)
    told = {line.says for line in sheet.lines()}
    assert {option.label for option in site.questions["stage"].options} <= told


@pytest.mark.parametrize("id", SHEETS)
def test_each_sheet_says_whose_it_is_that_names_stay_off_the_site_and_what_it_was_made_from(site, pages, files, id):
    about = site.registry.registry
    foot = "".join(node.text or "" for node in files[id].sections[0].footer._element.iter(qn("w:t")))
    assert f"Waymark registry {about.version}, {int(about.date[8:])} " in foot and "Not the service’s own form" in foot
    for shown in (text(pages[f"worksheets/{id}/"].article), "\n".join(one.text for one in files[id].paragraphs)):
        assert "Where the service has a form of its own, use that, as it is today" in shown
        assert "This site asks for none and keeps none" in shown
        assert "does not assess risk" in shown
    assert about.version in text(pages[f"worksheets/{id}/"].article)


def test_a_sheet_of_an_old_document_says_so(sheets):
    old = {id for id, sheet in sheets.items() if any(line.title == "Old." for line in sheet.lines())}
    assert old == {"dvip-referral"}


# —— Our own words ——

def ours():
    """The texts of the record with their sources: they stand in no registry, so its rules do not read them."""
    return [*BEFORE, *AFTER, *CHECKED]


def test_the_words_of_the_record_are_respectful_and_name_a_source_that_there_is(site):
    for says, document, _ in ours():
        assert document in site.sources and not WORDS.search(QUOTED.sub("", says)), says


@printed.needed
def test_the_words_of_the_record_are_our_own_and_name_a_heading_of_their_source():
    for says, document, section in ours():
        if document in printed.FILES:
            assert f" {' '.join(printed.words(section))} " in printed.running(document), section
        spoken = printed.words(says)
        for key in printed.FILES:
            assert not [run for run in (spoken[n:n + 8] for n in range(len(spoken) - 7))
                        if f" {' '.join(run)} " in printed.running(key)], says


# —— Where they are offered ——

def test_a_sheet_is_offered_where_it_is_needed(site, sheets, pages):
    for sheet in sheets.values():
        wanted = {"documents/", "worksheets/", *(f"services/{id}/" for id in sheet.services), *(f"documents/{id}/" for id in sheet.documents)}
        for url in wanted:
            targets = {target for _, target in pages[url].links()}
            assert {sheet.url, sheet.file} <= targets, (sheet.id, url)
        assert sheet.file in {target for _, target in pages[sheet.url].links()}


def test_every_service_that_asks_for_papers_has_a_sheet(site):
    assert [service.id for service in site.registry.services if service.documents and not site.worksheets_for(service=service.id)] == []


# —— The documents by holder and by referral ——

def listed(page, heading):
    return [target.removeprefix("documents/").rstrip("/") for section in page.article.iter("section")
            if section.get("aria-labelledby") == heading for link, target in page.links()
            if link in list(section.iter("a")) and target.startswith("documents/")]


def test_documents_are_listed_by_referral_and_by_holder(site, pages):
    page = pages["documents/"]
    for provider in site.registry.providers:
        asked = {id for service in site.registry.services if service.provider == provider.id for id in service.documents}
        assert listed(page, f"for-{provider.id}") == [one.id for one in site.registry.documents if one.id in asked]
    holders = dict.fromkeys(holder for document in site.registry.documents for holder in document.holders)
    assert all(document.holders for document in site.registry.documents)
    for holder in holders:
        assert listed(page, f"held-by-{holder}") == [one.id for one in site.registry.documents if holder in one.holders]


# —— The files ——

def test_two_builds_write_the_same_bytes_whatever_the_time(built, project, tmp_path):
    again = built_in(project, tmp_path / "site", SOURCE_DATE_EPOCH="0", TZ="Asia/Tokyo")
    for id in SHEETS:
        assert (built / "worksheets" / f"{id}.docx").read_bytes() == (again / "worksheets" / f"{id}.docx").read_bytes()


@pytest.mark.parametrize("id", SHEETS)
def test_a_file_is_a4_in_british_english_with_title_headings_tables_and_no_name_of_a_person(site, sheets, files, built, id):
    document, sheet = files[id], sheets[id]
    page = document.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21, 29.7)
    core = document.core_properties
    assert (core.title, core.language, core.author) == (sheet.title, "en-GB", site.registry.registry.maintainer)
    assert core.last_modified_by == core.author and core.comments == ""
    assert core.created.date() == core.modified.date() == datetime.date.fromisoformat(site.registry.registry.date)
    assert {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    headings = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [("Heading 1", sheet.title), *(("Heading 2", section.title) for section in sheet.sections), ("Heading 2", "Sources")]
    tables = [part for section in sheet.sections for part in section.parts if isinstance(part, Ticks | Blanks | Grid)]
    assert len(document.tables) == len(tables)
    for table, part in zip(document.tables, tables, strict=True):
        assert len(table.rows) == {Ticks: lambda: len(part.lines) + 1, Blanks: lambda: len(part.labels), Grid: lambda: part.rows + 1}[type(part)]()
        assert bool(list(table._tbl.iter(qn("w:tblHeader")))) == (not isinstance(part, Blanks))
    foot = page.footer._element.xml
    assert 'w:instr="PAGE"' in foot and 'w:instr="NUMPAGES"' in foot and sheet.title in page.header.paragraphs[0].text
    with zipfile.ZipFile(built / "worksheets" / f"{id}.docx") as archive:
        assert archive.testzip() is None
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(core.created.year, core.created.month, core.created.day)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


@pytest.fixture(scope="module")
def printed_files(built, tmp_path_factory):
    """Every file as LibreOffice prints it, and the text that it finds there."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("no LibreOffice: install libreoffice-writer to open the files as a reader does")
    folder = tmp_path_factory.mktemp("printed")
    for kind in ("pdf", "txt:Text (encoded):UTF8"):
        subprocess.run([office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
                        "--outdir", str(folder), *(str(built / "worksheets" / f"{id}.docx") for id in SHEETS)],
                       check=True, capture_output=True, timeout=180)
    return {id: ((folder / f"{id}.pdf").read_bytes(), (folder / f"{id}.txt").read_text("utf-8-sig")) for id in SHEETS}


def sides(pdf: bytes) -> int:
    """How many sheets of paper a PDF takes, all of them A4."""
    sizes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf)
    assert {tuple(round(float(side) / 72 * 25.4) for side in size) for size in sizes} == {(210, 297)}
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("id", SHEETS)
def test_libreoffice_opens_a_file_and_prints_all_of_it_on_a_few_sides(sheets, printed_files, id):
    pdf, shown = printed_files[id]
    assert 1 < sides(pdf) <= MOST_PAGES.get(id, 5)
    assert [one for one in parts(sheets[id]) if squeezed(one) not in squeezed(shown)] == []


@pytest.mark.parametrize("id", SHEETS)
def test_a_page_prints_on_a_few_sides_of_a4(tab, server, id):
    tab.goto(f"{server}worksheets/{id}/")
    tab.emulate_media(media="print")
    assert 1 < sides(tab.pdf(prefer_css_page_size=True)) <= MOST_PAGES.get(id, 5)
    assert not tab.is_visible("text=Download for Word")


def test_the_same_sheet_of_another_registry_is_another_file(site, sheets):
    later = dataclasses.replace(site.registry, registry=dataclasses.replace(site.registry.registry, version="2027.1.1", date="2027-01-01"))
    sheet = sheets["action-plan"]
    assert worksheet_docx.content(Site(later), sheet) != worksheet_docx.content(site, sheet) == worksheet_docx.content(site, sheet)
