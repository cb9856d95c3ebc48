"""Going through "Check a case" as a visitor does."""

from contextlib import contextmanager

READY = 60_000
"""Milliseconds that the engine may take to be there on a busy machine."""
START = "button:text-is('Start')"
OPENING = ("focus", "area", "referrer", "stage")
CASE = {
    "focus": "victim_survivor", "area": "london", "referrer": "social_worker", "stage": "child_protection",
    "wants": "assessment_and_intervention", "risk": "not_high", "relationship": "separated",
    "victim_acceptance": "willing_to_reflect"}
"""Some answers; every other question is answered with what stands first, or 30 years."""


@contextmanager
def visiting(browser, server, address="check/", **options):
    """A new visitor on the page; afterwards nothing may have gone wrong unseen."""
    wrong = []
    with browser.new_context(**options) as context, context.new_page() as page:
        page.set_default_timeout(READY)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(server + address)
        yield page
        assert wrong == []


def start(page):
    page.click(START)
    page.wait_for_selector("legend h1")


def wait_until_ready(page):
    page.wait_for_selector("[data-count]:has-text('can still fit')")


def fact_of(page):
    return page.get_attribute("fieldset input", "id").removeprefix("answer-")


def answer_as(page, value):
    """Choose an answer and go on; with None, whatever stands first. Waits for what comes next."""
    fact = fact_of(page)
    if value != "unknown" and page.query_selector(".years input"):
        page.fill(".years input", str(value or 30))
    elif value:
        page.check(f"input[value='{value}']")
    else:
        page.locator("fieldset input").first.check()
    page.click("text=Continue")
    page.wait_for_selector(f"#answer-{fact}", state="detached")
    return fact


def go_through(page, case=CASE):
    """Answer every question; the facts asked, in turn."""
    asked = []
    while page.query_selector("fieldset"):
        asked.append(answer_as(page, case.get(fact_of(page))))
    return asked


def to_the_result(page):
    page.click("text=See what the criteria say")
    page.wait_for_selector("#take-away")
