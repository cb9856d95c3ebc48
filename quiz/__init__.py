"""Waymark's engine: what a registry is, and what it says about a case.

Standard library only, because the same package runs in CPython and in the visitor's browser.
Read it in this order: `vocabulary` (the closed lists of words), `model` (what a registry is),
`logic` (three-valued conditions), `timeline` (how long things take).
"""
