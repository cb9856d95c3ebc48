"""Which scripts a script brings: a page names them all at once, so that a browser need not find them one by one."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "theme" / "assets" / "site"
IMPORTED = re.compile(r'^(?:import|export)\b[^"\';]*?from\s*["\']\./([\w-]+)\.js["\']', re.MULTILINE)


def brought(names: list[str], folder: Path = FOLDER) -> list[str]:
    """The modules of that folder that these import, and those that they import in turn, without these themselves."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        for name in IMPORTED.findall((folder / f"{waiting.pop(0)}.js").read_text(encoding="utf-8")):
            if name not in found and name not in names:
                found[name] = None
                waiting.append(name)
    return list(found)
