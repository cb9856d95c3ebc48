"""A page that does nothing but hold the engine, in a copy of the built site."""

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from waymark_site.policy import BEYOND, policy
from waymark_site.runtime import Runtime

ADDRESS = "engine-alone/"

PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Engine</title>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="engine" content="{plan}">
<link rel="icon" href="data:,">
</head><body><h1>Engine</h1></body></html>
"""

OPEN = """async ({ patience }) => {
    const { engine } = await import("../assets/site/engine.js")
    window.engine = engine
    window.told = []
    if (patience) engine.patience = patience
    engine.onchange = () => told.push(engine.state)
    engine.onprogress = (progress) => told.push(progress)
}"""
"""Brings the engine into the page as `engine`, and writes down in `told` what it says of itself."""

ASK = """async ([call, asked]) => {
    try {
        return { said: await engine[call](asked) }
    } catch (failure) {
        return { why: failure.why, says: failure.message, file: failure.file ?? null }
    }
}"""
"""One question, with its answer or why there is none."""


def beside(built: Path, folder: Path, made: Runtime, change: Callable[[dict[str, Any]], object] = lambda plan: None) -> Path:
    """A copy of the built site with that page in it; `change` may change what the page says of the engine."""
    for part in built.iterdir():
        (folder / part.name).symlink_to(part)
    plan = made.plan(lambda url: f"../{url}")
    change(plan)
    page = PAGE.format(policy=html.escape(policy(BEYOND["wasm"])), plan=html.escape(json.dumps(plan)))
    (folder / ADDRESS).mkdir()
    (folder / ADDRESS / "index.html").write_text(page, encoding="utf-8")
    return folder


def opened(tab, home: str, patience: int | None = None):
    """The tab, with the page in it and the engine ready to be asked."""
    tab.goto(home + ADDRESS)
    tab.evaluate(OPEN, {"patience": patience})
    return tab


def ask(tab, call: str, asked: dict[str, Any]) -> dict[str, Any]:
    """What the engine answers: under `said`, or, with `why`, why it does not."""
    return tab.evaluate(ASK, [call, asked])
