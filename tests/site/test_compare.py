"""The comparison: every figure on it is the registry's, worked out here in another way; nothing is blank, and nothing is nought.

What a visitor does with it stands in test_compare_page.
"""

import csv
import datetime
import io
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

from tests.registry import real
from tests.site.reading import SVG, has_class, text
from waymark_site import compare, downloads

PRICES = {"price-victim-survivor": "victim_survivor", "price-person-using-harm": "person_using_harm",
          "price-both-parents": "both_parents"}


@pytest.fixture(scope="module")
def written():
    """The services as the file has them, by id."""
    return {one["id"]: one for one in real.data()["services"]}


@pytest.fixture(scope="module")
def table(pages):
    """The cells of the table by service and heading: the text, and the figures that it is sorted by."""
    article = pages["compare/"].article
    heads = [text(cell) for cell in article.find(".//table/thead/tr")]
    return {row.get("id"): {head: (text(cell), tuple(map(float, cell.get("data-sort").split())) if cell.get("data-sort") else None)
                            for head, cell in zip(heads, row, strict=True)}
            for row in article.iterfind(".//table/tbody/tr")}


def ends(figure):
    """A figure of the file as its lowest and highest."""
    return (figure["min"], figure["max"]) if isinstance(figure, dict) else (figure, figure)


def steps(service):
    return service.get("timeline", {}).get("steps", [])


def added(found):
    return (sum(low for low, _ in found), sum(high for _, high in found)) if found else None


def weeks_in_file(service):
    """Fewest and most weeks, walked through by hand; None unless each step is printed in weeks."""
    if not steps(service) or any("weeks" not in step for step in steps(service)):
        return None
    begun = done = latest = most = 0
    for step in steps(service):
        short, long = ends(step["weeks"])
        begun = begun if step.get("may_overlap") else done
        done = max(done, begun + short)
        latest += long
        most = max(most, latest)
    return done, most


def hours_in_file(service):
    found = []
    for step in steps(service):
        if "hours" in step:
            found.append(ends(step["hours"]))
        elif "sessions" in step and ("hours_each" in step or "minutes_each" in step):
            (few, many), part = ends(step["sessions"]), 1 if "hours_each" in step else 60
            short, long = ends(step.get("hours_each", step.get("minutes_each")))
            found.append((few * short / part, many * long / part))
        elif {"sessions", "hours_each", "minutes_each"} & step.keys():
            return None  # known in part: no total
    return added(found)


def test_every_service_is_a_row_in_the_order_of_the_file(table, written):
    assert list(table) == list(written)


def test_no_cell_is_blank_or_nought(table):
    for id, cells in table.items():
        for head, (said, figures) in cells.items():
            assert said and not re.search(r"£\s*0\b", said) and said not in ("0", "-", "–", "None", "[]"), (id, head)
            assert figures is None or figures[0] > 0, (id, head)


@pytest.mark.parametrize("column", PRICES)
def test_each_price_is_the_one_printed_for_that_person(table, written, site, column):
    head = f"Price: {site.people[PRICES[column]].lower()}"
    for id, service in written.items():
        found = [price for price in service.get("prices", ()) if price["party"] == PRICES[column]]
        said, figures = table[id][head]
        if found:
            assert figures[:2] == (found[0]["amount"],) * 2 and said.startswith(f"£{found[0]['amount']:,} "), id
            assert {"package": "for the package", "person": "per person"}[found[0]["unit"]] in said, id
        else:
            assert figures is None and "£" not in said, id
            assert said == ("Not listed for them" if PRICES[column] not in service["for_whom"]["parties"]
                            else site.services[id].price_status.label if "prices" not in service else "Not printed for them"), id


def test_every_printed_price_is_in_the_table(table, written):
    shown = sorted(figures[0] for cells in table.values() for head, (_, figures) in cells.items()
                   if head.startswith("Price: ") and figures)
    assert shown == sorted(price["amount"] for service in written.values() for price in service.get("prices", ())) and shown


def test_prices_of_another_date_or_unit_are_never_ranked_together(site, written):
    made = compare.table(site)
    for column in made.prices:
        for beside, rows in made.sorted(column):
            kinds = {(price["unit"], price.get("period") or site.sources[row.service.source.document].date_printed)
                     for row in rows for price in written[row.service.id]["prices"] if price["party"] == PRICES[column.id]}
            assert len(kinds) == 1, beside
        assert [row.old for _, rows in made.sorted(column) for row in rows] == sorted(
            row.old for _, rows in made.sorted(column) for row in rows)  # what is old comes after
    assert any(len(made.ranks[column.id]) > 1 for column in made.prices)


@pytest.mark.parametrize("head, of", [
    ("Sessions", lambda service: added([ends(step["sessions"]) for step in steps(service) if "sessions" in step])),
    ("Hours with people", hours_in_file),
    ("Weeks", weeks_in_file),
    ("Weeks to report", lambda service: weeks_in_file(service) if "report" in service
        and "report" in service.get("timeline", {}).get("ends_with", "").lower() else None),
])
def test_each_figure_of_time_is_what_the_steps_come_to(table, written, head, of):
    found = 0
    for id, service in written.items():
        said, figures = table[id][head]
        expected = of(service)
        assert (figures[:2] if figures else None) == expected, id
        if expected:
            low, high = expected
            assert re.match(rf"(about |at least )?{low:g}{'' if low == high else f' to {high:g}'}\b", said), id
            found += 1
        else:
            assert re.match("Not printed|Does not apply|No |Number not|Hours with people not|Weeks not|Whole length not|Time to",
                            said), (id, said)
    assert found > 5


def test_where_the_registry_says_that_something_is_not_printed_or_does_not_apply_so_does_the_table(table, written):
    heads = {"delivery": "How it is delivered", "area": "Where", "report": "Report and court use", "evidence": "Evidence",
             "timescale": "Sessions"}
    for id, service in written.items():
        for topic, head in heads.items():
            said, _ = table[id][head]
            if topic in service.get("not_applicable", ()):
                assert said == "Does not apply", (id, topic)
            elif topic in service.get("not_printed", ()):
                assert said == ("Not evaluated in these documents" if topic == "evidence" else "Not printed"), (id, topic)
            else:
                assert said not in ("Does not apply", "Not printed", "Not evaluated in these documents"), (id, topic)


def test_each_finding_is_there_with_its_figure_design_number_and_year(table, site):
    for service in site.registry.services:
        said, _ = table[service.id]["Evidence"]
        for finding in service.findings:
            assert finding.says in said and finding.design.label in said and str(finding.year) in said, service.id
            assert finding.n is None or f"n = {finding.n:,}" in said, service.id
            assert finding.figure is None or finding.figure in said, service.id
        if service.findings:
            assert said.startswith(f"{len(service.findings)} finding"), service.id


def test_standing_provider_people_and_places_are_those_of_the_page_of_the_service(table, site):
    for service in site.registry.services:
        cells = {head: said for head, (said, _) in table[service.id].items()}
        source, status = site.sources[service.source.document], site.status(service)
        assert cells["Status"].startswith(status.state.label), service.id
        assert source.date_printed.lower() in cells["Source and its date"].lower() and source.title in cells["Source and its date"]
        assert cells["Provider"] == site.providers[service.provider].name
        assert ("Old document" in cells["Intervention"]) == site.is_old(source.id), service.id
        assert ("Sources differ" in cells["Intervention"]) == any(
            service.id in item.services for item in site.registry.disagreements), service.id
        if service.report:
            assert cells["Report and court use"].startswith(service.report.court.label), service.id


def test_no_service_is_called_accredited_and_what_is_said_of_it_is_quoted(table, written):
    for id, service in written.items():
        said, _ = table[id]["Accreditation"]
        mentioned = [one["says"] for one in (*service["about"], *service.get("cautions", ())) if "accredit" in one["says"].lower()]
        if service["kind"] == "accreditation":
            assert said == "Does not apply"
        else:
            assert said == "Not printed" if not mentioned else all(part in said for part in mentioned), id


def test_the_table_says_what_it_leaves_out(pages):
    said = text(pages["compare/"].article)
    for about, what in compare.LEFT_OUT:
        assert about in said and what in said
    for promise in ("No price is divided", "No old price is raised", "never ranked together", "never scored"):
        assert promise in said


def cells(row):
    return [text(cell) for cell in row]


def test_without_a_script_prices_stand_lowest_first_then_why_the_others_have_none(pages, written, site):
    article = pages["compare/by-price/"].article
    tables = article.findall(".//table")
    priced = [[int(re.match(r"£([\d,]+)", row[1])[1].replace(",", "")) for row in map(cells, table.iterfind("tbody/tr"))]
              for table in tables[:-1]]
    assert all(some == sorted(some) for some in priced)
    assert sorted(sum(priced, [])) == sorted(price["amount"] for one in written.values() for price in one.get("prices", ()))
    without = [cells(row) for row in tables[-1].iterfind("tbody/tr")]
    assert [row[1] for row in without] == [site.services[id].price_status.label for id, one in written.items() if "prices" not in one]


def test_without_a_script_weeks_stand_fewest_first_then_why_the_others_have_none(pages, written):
    known, unknown = pages["compare/by-weeks/"].article.findall(".//table")
    fewest = [float(re.search(r"\d+", row[1])[0]) for row in map(cells, known.iterfind("tbody/tr"))]
    assert fewest == sorted(fewest) and len(fewest) == sum(weeks_in_file(one) is not None for one in written.values())
    assert len(fewest) + len(list(unknown.iterfind("tbody/tr"))) == len(written)
    assert all(re.match("Not printed|Does not apply|Weeks not|Whole length not", row[1]) for row in map(cells, unknown.iterfind("tbody/tr")))


# —— Drawings ——

def drawn(element, name):
    return [part for part in element.iter() if part.tag.startswith(SVG) and has_class(part, name)]


def number(element, name):
    return float(element.get(name))


def test_each_timeline_is_drawn_to_one_scale_of_weeks(pages, site):
    figure = pages["compare/timelines/"].article.find(".//figure")
    ticks = {int(text(mark)): number(mark, "x") for mark in drawn(figure, "week")}
    zero, week = ticks[0], (ticks[20] - ticks[0]) / 20
    timed = [service for service in site.registry.services if service.timeline
             and any(step.weeks or step.months for step in service.timeline.steps)]
    steps = [step for service in timed for step in service.timeline.steps]
    in_weeks = sorted(step.weeks.min if hasattr(step.weeks, "min") else step.weeks for step in steps if step.weeks)
    bars = drawn(figure, "bar")
    assert sorted(round(number(bar, "width") / week, 1) for bar in bars) == [round(float(one), 1) for one in in_weeks]
    ends = max(number(part, "x") + number(part, "width") for part in bars + drawn(figure, "slack"))
    assert round((ends - zero) / week) == max(site.weeks(service)[1] for service in timed if site.weeks(service))
    limit, = drawn(figure, "limit")
    assert round((number(limit, "x1") - zero) / week, 1) == 26


def test_whatever_has_no_figure_of_weeks_is_hatched_and_named(pages, site):
    article = pages["compare/timelines/"].article
    timed = [service for service in site.registry.services if service.timeline
             and any(step.weeks or step.months for step in service.timeline.steps)]
    unknown = sum(not step.weeks for service in timed for step in service.timeline.steps)
    waits = sum(bool(service.timeline.not_counted) for service in timed)
    starts = sum(service.timeline.clock is None for service in timed)
    marks = drawn(article.find(".//figure"), "hatched")
    assert len(marks) == unknown + waits + starts and len({mark.get("width") for mark in marks}) == 1
    table = article.find("table")
    assert sum("Time not counted" == text(row.find("th")) for row in table.iterfind("tbody/tr")) == waits
    for service in timed:
        assert not service.timeline.not_counted or service.timeline.not_counted in text(table), service.id


def test_the_table_of_timelines_has_every_step_with_its_weeks(pages, site):
    table = pages["compare/timelines/"].article.find("table")
    shown = {}
    for body in table.iterfind("tbody"):
        head, *lines = body.iterfind("tr")
        link = head.find(".//a").get("href").split("/")[-2]
        shown[link] = [cells(line) for line in lines]
    for id, lines in shown.items():
        timeline = site.services[id].timeline
        assert [line[0] for line in lines][:len(timeline.steps)] == [step.name for step in timeline.steps]
        if site.weeks(site.services[id]):
            last = [float(part) for part in re.findall(r"[\d.]+", lines[len(timeline.steps) - 1][3])]
            assert (last[0], last[-1]) == site.weeks(site.services[id]), id


def test_prices_and_weeks_to_report_are_drawn_to_scale_with_their_figures(pages, table):
    prices, weeks, *_ = pages["compare/pictures/"].article.findall(".//figure")
    for figure, heads, pattern in ((prices, [head for head in next(iter(table.values())) if head.startswith("Price: ")], r"£([\d,]+)"),
                                   (weeks, ["Weeks to report"], r"(\d+)")):
        expected = sorted(figures[0] for one in table.values() for head in heads if (figures := one[head][1]))
        bars = drawn(figure, "bar") + [part for part in drawn(figure, "hatched") if part.tag == f"{SVG}rect"]
        told = sorted(float(re.match(pattern, text(part))[1].replace(",", "")) for part in drawn(figure, "figure"))
        assert told == expected
        widths = sorted(number(bar, "width") for bar in bars)
        assert widths == pytest.approx([one * widths[-1] / expected[-1] for one in expected], abs=.2)
    old = [one for one in table.values() if "Old document" in one["Intervention"][0]
           and any(figures for head, (_, figures) in one.items() if head.startswith("Price: "))]
    assert len(drawn(prices, "hatched")) == len(old) > 0


def test_every_finding_on_a_service_is_one_mark(pages, site):
    figure = pages["compare/pictures/"].article.findall(".//figure")[2]
    section = figure.find("section")
    own = [finding for service in site.registry.services for finding in service.findings]
    assert len(drawn(section, "mark")) == len(own)
    supports = sum(finding.direction == "supports" for finding in own)
    assert sum(not has_class(mark, "mark--open") for mark in drawn(section, "mark")) == supports
    idle = sum("evidence" in service.not_applicable for service in site.registry.services)
    silent = sum("evidence" in service.not_printed for service in site.registry.services)
    assert f"{silent} are not evaluated" in text(figure) and f"for {idle} the question does not arise" in text(figure)


def test_what_each_provider_says_of_prices_adds_up(pages, site):
    article = pages["compare/pictures/"].article
    rows = [cells(row) for row in article.findall(".//table")[3].iterfind("tbody/tr")]
    counted = {row[0]: [0 if one == "None" else int(one) for one in row[1:]] for row in rows}
    assert {name: sum(counts) for name, counts in counted.items()} == {
        site.providers[id].name: len(services) for id, services in site.by_provider.items()}
    assert sum(counts[0] for counts in counted.values()) == site.tally["priced"]
    shares = drawn(article.findall(".//figure")[3].find("section"), "share")
    assert len(shares) == sum(bool(count) for counts in counted.values() for count in counts)


def test_the_gaps_are_those_of_the_picture_of_provision(pages):
    figure = pages["compare/pictures/"].article.findall(".//figure")[4]
    whole = pages["provision/"].article
    numbers = [int(text(link.find("strong"))) for cell in whole.iterfind(".//td") for link in cell.iter("a") if link.find("strong") is not None]
    assert sorted(int(text(part)) for part in drawn(figure, "count")) == sorted(numbers)
    nothing = [link for link in whole.iter("a") if link.get("class") == "nothing"]
    assert len(drawn(figure, "hatched")) == len(nothing) > 0


@pytest.mark.parametrize("url", ["compare/timelines/", "compare/pictures/"])
def test_each_drawing_has_a_title_a_description_and_a_table_or_a_link_to_one(pages, url):
    for figure in pages[url].article.iter("figure"):
        drawing = next(figure.iter(f"{SVG}svg"))
        named = [part for id in drawing.get("aria-labelledby").split() for part in figure.iter() if part.get("id") == id]
        assert drawing.get("role") == "img" and len(named) == 2 and all(len(text(part)) > 10 for part in named)


# —— Files to take away ——

@pytest.fixture(scope="module")
def sheets(built):
    """The sheets of the spreadsheet, as an independent library reads them."""
    book = openpyxl.load_workbook(built / "compare" / "waymark-compare.xlsx")
    return {sheet.title: sheet for sheet in book}


def records(sheet):
    head, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_the_spreadsheet_has_the_figures_of_the_table_as_numbers(sheets, table):
    for record in records(sheets["Compare"]):
        for head, (said, figures) in table[record["Id"]].items():
            if head == "Intervention":
                continue
            assert record[head], (record["Id"], head)  # never blank: a figure, words or the reason
            bounds = [record[name] for name in (f"{head}, figure", f"{head}, lowest", f"{head}, highest") if name in record]
            if bounds:
                assert [one for one in bounds if one is not None] == (list(figures[:len(bounds)]) if figures else []), (record["Id"], head)
            assert not figures or bounds, (record["Id"], head)


def test_the_spreadsheet_has_days_as_days_frozen_heads_and_pounds_as_pounds(sheets):
    for name, sheet in sheets.items():
        assert sheet.freeze_panes == ("C2" if name == "Compare" else "A2"), name
        assert sheet.auto_filter.ref, name
    heads = [cell.value for cell in sheets["Compare"][1]]
    day = sheets["Compare"].cell(2, heads.index("Status checked") + 1)
    assert isinstance(day.value, datetime.datetime) and day.is_date
    price = sheets["Compare"].cell(2, heads.index("Price: victim or survivor, figure") + 1)
    assert isinstance(price.value, int | float) and "£" in price.number_format
    assert not any(cell.data_type == "f" for sheet in sheets.values() for row in sheet.iter_rows() for cell in row)


def test_the_spreadsheet_brings_its_findings_sources_and_notes(sheets, site):
    assert [record["Document"] for record in records(sheets["Sources"])] == [source.id for source in site.main_sources]
    own = [finding for service in site.registry.services for finding in service.findings]
    shown = [record for record in records(sheets["Findings"]) if record["About"] == "this service"]
    assert [(record["Finding"], record["Year"], record["People or cases"]) for record in shown] == [
        (one.says, one.year, one.n if one.n is not None else "Not printed") for one in own]
    notes = {record["About"]: record["What to know"] for record in records(sheets["Notes"])}
    assert dict(compare.LEFT_OUT).items() <= notes.items()
    assert site.registry.registry.version in notes["Where this is from"]


def test_the_csv_says_what_the_spreadsheet_says(built, sheets):
    raw = (built / "compare" / "waymark-compare.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(raw)))
    for line, record in zip(lines, records(sheets["Compare"]), strict=True):
        for head, value in record.items():
            if isinstance(value, datetime.datetime):
                value = value.date()
            assert line[head] == ("" if value is None else str(value)), (line["Id"], head)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@here", "\tx"])
def test_a_text_that_a_spreadsheet_would_run_is_marked_in_the_csv(text):
    assert downloads._plain(text) == "'" + text


def test_the_same_registry_gives_the_same_files(site, built):
    address = "https://waymark.example/"
    for place, content in downloads.files(site, address).items():
        assert content == (built / place).read_bytes(), place


def test_the_spreadsheet_opens_in_libreoffice(built, tmp_path, table):
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("no LibreOffice on this machine")

    def opened(file):
        subprocess.run([program, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76",
                        "--outdir", str(tmp_path), str(file)], check=True, timeout=180)
        made = tmp_path / f"{file.stem}.csv"
        return list(csv.reader(made.open(encoding="utf-8"))) if made.exists() else None

    plain = openpyxl.Workbook()
    plain.save(tmp_path / "plain.xlsx")
    if opened(tmp_path / "plain.xlsx") is None:
        pytest.skip("LibreOffice is here without Calc, so it opens no spreadsheet at all")
    lines = opened(built / "compare" / "waymark-compare.xlsx")
    assert [line[0] for line in lines[1:]] == list(table)


def test_the_spreadsheet_is_sound_xml_throughout(built):
    import xml.etree.ElementTree as xml
    with zipfile.ZipFile(built / "compare" / "waymark-compare.xlsx") as book:
        assert book.testzip() is None
        for name in book.namelist():
            xml.fromstring(book.read(name))
