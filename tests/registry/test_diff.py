"""`make diff`: what a change means, in Markdown, with an exit code for each way it can end."""

import shutil
import subprocess

import pytest

from tests.registry import real
from waymark_site import diff


def test_nothing_is_said_to_differ_where_nothing_does(small, capsys):
    assert diff.main([small("a"), small("b")]) == 0
    assert "Nothing: every fact and every verdict is the same." in capsys.readouterr().out


def test_a_price_is_told_with_both_amounts(small, capsys):
    assert diff.main([small("a"), small("b", ("amount: 900", "amount: 950"))]) == 0
    out = capsys.readouterr().out
    assert "- Facts: **1** differ, in 1 thing\n- Verdicts: **0** services" in out
    assert "### Prices\n\n| What | Fact | Before | Now |\n| --- | --- | --- | --- |\n" \
           "| Bridge programme | prices (parent, person) amount | £900 | £950 |" in out


def test_another_verdict_is_told_with_its_cases_and_an_example(small, capsys):
    assert diff.main([small("a"), small("b", ("requires: {referrer: worker}", "ask_first: {referrer: worker}"))]) == 0
    out = capsys.readouterr().out
    assert "### Verdicts" in out and "Ask the team first" in out and " of " in out


def test_with_exit_code_a_difference_is_three_and_none_is_nought(small):
    before = small("a")
    assert diff.main(["--exit-code", before, small("b", ("amount: 900", "amount: 950"))]) == 3
    assert diff.main(["--exit-code", before, small("c")]) == 0


def test_a_registry_with_faults_cannot_be_compared(small, capsys):
    assert diff.main([small("a", ("amount: 900", "amount: 0")), small("b")]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "the registry has faults" in err and "expected whole pounds" in err


@pytest.mark.parametrize("arguments", [[], ["--help"], ["a", "b", "c"], [""], ["--exit-code"]])
def test_a_wrong_call_is_told_how_to_call(arguments, capsys):
    assert diff.main(arguments) == 2
    assert capsys.readouterr().err.startswith("Usage: python -m waymark_site.diff [--exit-code] [--record] BASE [PROJECT]\n")


@pytest.mark.parametrize("name", ["no-such-revision", "no/such/folder", "HEAD~99999999"])
def test_a_base_that_is_not_there_is_told_plainly(name, capsys):
    assert diff.main([name]) == 2
    out, err = capsys.readouterr()
    assert out == "" and name in err and "Expected a revision" in err and "Traceback" not in err


def test_what_stands_in_a_text_does_not_act_in_a_comment():
    assert diff._cell("a | b\n<b>*x*</b> [y](z) `c`") == r"a \| b &lt;b&gt;\*x\*&lt;/b&gt; \[y\](z) \`c\`"


def test_a_revision_of_git_is_a_base(tmp_path, monkeypatch, small, capsys):
    project = small("project")
    if shutil.which("git") is None:
        pytest.skip("no git")
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=project, check=True, capture_output=True)
    monkeypatch.setattr(diff, "ROOT", tmp_path / "project")
    services = tmp_path / "project" / "services.yaml"
    services.write_text(services.read_text().replace("amount: 900", "amount: 950"))
    assert diff.main(["HEAD"]) == 0
    assert "| £900 | £950 |" in capsys.readouterr().out
    assert diff.main([str(services)]) == 0  # a file, with the questions beside it
    assert "Nothing: " in capsys.readouterr().out


def test_one_edit_of_the_real_registry_is_told_and_nothing_else(tmp_path, capsys):
    base = tmp_path / "services.yaml"
    text = real.FILES[0].read_text(encoding="utf-8")
    amount = next(line for line in text.splitlines() if line.strip().startswith("amount: "))
    base.write_text(text.replace(amount, f"{amount}1", 1), encoding="utf-8")
    assert diff.main([str(base)]) == 0
    out = capsys.readouterr().out
    assert "- Facts: **1** differ, in 1 thing\n- Verdicts: **0** services with another verdict for some case\n- Prices: 1\n" in out
