"""Waymark's engine: what a registry is, and what it says about a case.

Standard library only, because the same package runs in CPython and in the visitor's browser.
Read it in this order: `vocabulary` (the closed lists of words), `model` (what a registry is),
`logic` (three-valued conditions), `suitability` (the verdict on one service), `panel` (all services
together), `pathway` (what to ask next, what is recommended), then `changes`, `paperwork`, `costs` and `timeline` (what
follows from it), `cases` and `report` (a case in, an answer out), `wording` and `telling` (the words of a page), `caseload`,
`caseload_report` and `caseload_telling` (the same for many families: what they cost and how long it takes), `rules` and
`browser` (all of it in a browser) and `command` (all of it at a prompt).
"""
