"""A page names every module that its scripts bring, so that none is found late, and none that they do not bring."""

import re
from pathlib import PurePosixPath

from tests.site.building import ROOT
from waymark_site.modules import brought

SCRIPTS = ROOT / "hooks" / "theme" / "assets" / "site"


def imports(name):
    return set(re.findall(r'from\s+["\']\./([\w-]+)\.js', (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")))


def test_each_page_names_what_its_scripts_bring(built, pages):
    seen = set()
    for page in pages.values():
        scripts = {PurePosixPath(tag.get("src")).stem for tag in page.root.iter("script") if tag.get("src")}
        named = {PurePosixPath(tag.get("href")).stem for tag in page.root.iter("link") if tag.get("rel") == "modulepreload"}
        seen |= named
        loaded = scripts | named
        assert set().union(*(imports(name) for name in loaded)) <= loaded
        assert all(any(name in imports(other) for other in loaded) for name in named)
    assert {"engine", "check-views", "check-take"} <= seen


def test_what_is_brought_in_turn_and_in_a_circle_is_found_once(tmp_path):
    for name, text in {"a": 'import {x} from "./b.js"\n', "b": 'import {\n  y,\n  z\n} from "./c.js"\nexport {q} from "./a.js"\n',
                       "c": 'const text = "from ./d.js"\nawait import("./e.js")\n'}.items():
        (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
    assert brought(["a"], tmp_path) == ["b", "c"]
