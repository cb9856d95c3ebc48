"""A small sound registry, written by hand, and what the reader says when it is changed."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from waymark_site.registry import RegistryFaults, read
from waymark_site.registry.faults import Fault, show_path

Change = tuple[str, str]
"""A text that stands in the file exactly once, and what is written in its place."""

SERVICES = """\
registry:
  version: "2026.6.1"
  date: "2026-06-30"
  maintainer: The Bridge team

sources:
  - id: handbook
    title: Bridge handbook
    publisher: Bridge
    kind: registry
    date_printed: Spring 2025
    year: 2025
    stale_after_years: 3
    summary: What Bridge offers.
    checked: "2026-06-01"
  - id: old-guide
    title: Harbour guide
    publisher: Harbour
    kind: registry
    date_printed: "2010"
    year: 2010
    stale_after_years: 3
    summary: What Harbour offered.
  - id: bridge-page
    title: Bridge on the web
    publisher: Bridge
    kind: outside
    date_printed: undated
    summary: Read in a stored copy.
    address: https://bridge.example.org/

providers:
  - id: bridge
    name: Bridge
    what:
      says: A charity.
      source: {document: handbook, section: About us}
    status:
      state: active
      says: Its page is up to date.
      source: {document: bridge-page, section: Home}
      checked: "2026-06-02"
    contacts:
      - kind: email
        label: The referrals team
        value: referrals@bridge.example.org
        source: {document: handbook, section: Contact}
  - id: harbour
    name: Harbour
    what:
      says: A project that closed.
      source: {document: old-guide, section: About us}
    status:
      state: historic
      says: It closed.
      source: {document: bridge-page, section: News}
      checked: "2026-06-03"

documents:
  - id: referral-form
    name: Referral form
    what: A form to fill in.
    held_by: The Bridge office.
    holders: [service]
    needed: For every referral.
    source: {document: handbook, section: Paperwork}
  - id: court-papers
    name: Court papers
    what: The papers of the case.
    held_by: The lawyers.
    holders: [court]
    needed: When the case is in court.
    when: {stage: in_court}
    source: {document: handbook, section: Paperwork}

shared_criteria:
  - id: bridge-gate
    says: What Bridge asks of every referral.
    criteria:
      - id: worker-refers
        requires: {referrer: worker}
        says: A worker refers.
        source: {document: handbook, section: Referral}

services:
  - id: bridge-programme
    name: Bridge programme
    provider: bridge
    tier: core
    kind: programme
    summary: Twelve sessions for a parent who uses harm.
    for_whom:
      parties: [parent]
      says: A parent who uses harm.
      source: {document: handbook, section: Programme}
      gender: men
      ages:
        as_printed: eighteen to ninety
        min: 18
        max: 90
        source: {document: handbook, section: Programme}
    area:
      places: [north]
      says: In the north.
      source: {document: handbook, section: Programme}
    delivery:
      modes: [group]
      says: In a group.
      source: {document: handbook, section: Programme}
    referral:
      who: [worker]
      says: A worker refers.
      source: {document: handbook, section: Referral}
    prices:
      - party: parent
        amount: 900
        unit: person
        includes: All sessions.
        source: {document: handbook, section: Costs}
    timeline:
      clock: the referral
      steps:
        - id: first-meeting
          name: First meeting
          weeks: 1
          source: {document: handbook, section: Programme}
        - id: group
          name: Group
          weeks: {min: 6, max: 12}
          sessions: 12
          hours_each: 2.5
          source: {document: handbook, section: Programme}
    shared_criteria: [bridge-gate]
    criteria:
      - id: lives-in-the-north
        requires: {area: north}
        says: The family lives in the north.
        source: {document: handbook, section: Programme}
      - id: grown-up
        requires: {age: {from: 18}}
        says: The parent is eighteen or older.
        source: {document: handbook, section: Programme}
      - id: in-court
        ask_first: {stage: in_court}
        says: The case is in court.
        source: {document: handbook, section: Programme}
    documents: [referral-form, court-papers]
    report:
      says: A report at the end.
      court: not_for_court
      source: {document: handbook, section: Report}
    findings:
      - says: Eight of ten finished.
        citation: Bridge, 2024
        year: 2024
        design: monitoring
        direction: mixed
        figure: 8 of 10
        n: 10
        disputed: who-finished
        source: {document: handbook, section: Results}
    related: {before: [bridge-screening], beside: [harbour-line]}
    source: {document: handbook, section: Programme}
    about:
      - says: The group meets each week.
        source: {document: handbook, section: Programme}

  - id: bridge-interview
    name: First interview
    provider: bridge
    tier: component
    part_of: [bridge-programme]
    kind: assessment
    summary: The meeting that the programme starts with.
    for_whom:
      parties: [parent]
      says: A parent who uses harm.
      source: {document: handbook, section: Programme}
    price_status: free
    browse_only: It is part of the programme.
    source: {document: handbook, section: Programme}
    about:
      - says: Two hours with a worker.
        source: {document: handbook, section: Programme}
    not_printed: [ages, gender, area, referrer, timescale]
    not_applicable: [delivery, documents, report, evidence]

  - id: bridge-screening
    name: Screening form
    provider: bridge
    tier: support
    kind: screening
    summary: A form that helps a worker decide.
    for_whom:
      parties: [parent]
      says: A parent who uses harm.
      source: {document: handbook, section: Screening}
    price_status: free
    browse_only: It is a form, not an intervention.
    screening:
      - fact: stage
        asks: Is the case in court?
        answers:
          - value: before_court
            says: Not in court.
            leads_to: proceed
            then: Go on.
          - value: in_court
            says: In court.
            leads_to: check
            then: Ask the team.
        source: {document: handbook, section: Screening}
    source: {document: handbook, section: Screening}
    about:
      - says: One question.
        source: {document: handbook, section: Screening}
    not_printed: [ages, gender, area, referrer, timescale]
    not_applicable: [delivery, documents, report, evidence]

  - id: harbour-line
    name: Harbour line
    provider: harbour
    tier: support
    kind: helpline
    summary: A telephone line that has closed.
    for_whom:
      parties: [child]
      says: Children.
      source: {document: old-guide, section: Line}
    price_status: not_printed
    browse_only: It has closed.
    contacts:
      - kind: phone
        label: The line
        value: 01234 567890
        withheld: The line has closed.
        source: {document: old-guide, section: Line}
    source: {document: old-guide, section: Line}
    about:
      - says: Children could ring.
        source: {document: old-guide, section: Line}
    not_printed: [ages, gender, area, referrer, delivery, timescale]
    not_applicable: [documents, report]

rules:
  - id: support-for-partners
    name: Support for partners
    services: [bridge-programme]
    statements:
      - says: Partners are offered support.
        source: {document: handbook, section: Rules}

evidence:
  - id: line-study
    name: Lines for children
    services: [harbour-line]
    findings:
      - says: Children liked it.
        citation: Hill, 2009
        year: 2009
        design: review
        direction: supports
        source: {document: old-guide, section: Results}

disagreements:
  - id: who-finished
    about: How many finished
    services: [bridge-programme]
    claims:
      - id: eight
        says: Eight of ten.
        source: {document: handbook, section: Results}
      - id: six
        says: Six of ten.
        source: {document: bridge-page, section: News}
    shown_as: Both are shown.
    preferred: eight
    because: The handbook is newer.

cautions:
  - id: closed-line
    about: A closed line
    services: [harbour-line]
    says: Nobody answers.
    source: {document: bridge-page, section: News}

helplines:
  - id: emergency
    name: Emergency
    number: "999"
    who: Anyone in danger
    source: {document: bridge-page, section: Help}
    checked: "2026-06-04"
    how_checked: Read in a stored copy.
    everywhere: true

glossary:
  - id: plo
    term: PLO
    means: The steps before court.

synonyms:
  - id: parents
    words: [mum, dad]
    services: [bridge-programme]
    facets: {for: [parent], stage: [in_court, before_court]}
    helplines: [emergency]
    says: Either may be meant.
    source: {document: handbook, section: About us}

not_listed:
  - id: raffle
    name: A raffle
    reason: It is not a service.
    source: {document: handbook, section: News}

retired:
  - id: bridge-walks
    name: Bridge walks
    reason: It ended.
    "on": "2026-05-01"
    successor: bridge-programme
"""

QUESTIONS = """\
questions:
  - id: focus
    ask: Who is it for?
    whose: case
    asked_for: [parent, child]
    options:
      - {value: parent, label: A parent}
      - {value: child, label: A child}
  - id: area
    ask: Where?
    whose: case
    asked_for: [parent, child]
    options:
      - {value: north, label: North}
      - {value: south, label: South}
  - id: referrer
    ask: Who are you?
    whose: case
    asked_for: [parent, child]
    options:
      - {value: worker, label: A worker}
      - {value: self, label: The person}
  - id: stage
    ask: Which stage?
    whose: case
    asked_for: [parent]
    options:
      - {value: before_court, label: Before court}
      - {value: in_court, label: In court}
  - id: age
    ask: How old?
    whose: person_using_harm
    asked_for: [parent]
    years: {min: 0, max: 110}
"""


class Told(NamedTuple):
    """A fault as a reader meets it."""

    path: str
    line: str
    """The text of the line that it points to."""
    message: str


def write(folder: Path, *changes: Change, questions: tuple[Change, ...] = ()) -> tuple[Path, Path]:
    """The sound registry, changed, as the two files that the reader takes."""
    files = folder / "services.yaml", folder / "questions.yaml"
    files[0].write_text(_changed(SERVICES, changes), encoding="utf-8")
    files[1].write_text(_changed(QUESTIONS, questions), encoding="utf-8")
    return files


def faults_of(folder: Path, *changes: Change, questions: tuple[Change, ...] = ()) -> list[Fault]:
    """Every fault of the sound registry after changes; none when it is sound still."""
    return faults_in(*write(folder, *changes, questions=questions))


def faults_in(services: Path, questions: Path) -> list[Fault]:
    """Every fault of two files as they stand."""
    try:
        read(services, questions)
    except RegistryFaults as error:
        return error.faults
    return []


def told(folder: Path, *changes: Change, questions: tuple[Change, ...] = ()) -> list[Told]:
    """Every fault after changes, with the line it points to as text."""
    found = []
    for fault in faults_of(folder, *changes, questions=questions):
        line = (folder / fault.file).read_text(encoding="utf-8").splitlines()[fault.line - 1]
        found.append(Told(show_path(fault.path), line.strip(),
                          f"found {fault.found}, expected {fault.expected}. {fault.mend}"))
    return found


def run(*arguments: object, **options) -> subprocess.CompletedProcess:
    """Python in a process of its own, which may crash or hang without harm to the tests."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)], env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, **options)


def _changed(text: str, changes: tuple[Change, ...]) -> str:
    for old, new in changes:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in the sound registry")
        text = text.replace(old, new)
    return text
