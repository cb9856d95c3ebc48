"""Stands for Pyodide's event loop: nothing is awaited here."""

from pyodide_js._api import scheduleCallback  # noqa: F401  as in the original: Pyodide counts what it handed out


def _initialize_event_loop():
    pass
