"""The three-valued logic agrees with DMN FEEL: the cases of its Technology Compatibility Kit.

Kit and licence: `standards/dmn-tck/README.md` of the shared folder. Cases about numbers and text do not
apply: here a condition is true, false or unknown, nothing else.
"""

import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quiz import logic

SHARED = Path(os.environ.get("WAYMARK_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
KIT = SHARED / "standards" / "dmn-tck"

TESTS = {"0064-feel-conjunction": 9, "0065-feel-disjunction": 9, "0066-feel-negation": 3, "0106-feel-ternary-logic": 18,
         "0107-feel-ternary-logic-not": 3}
"""Each test of the kit, and for how many of its results only true, false and null are put in."""

TRUTHS = {"true": True, "false": False, "null": None}


@pytest.mark.skipif(not KIT.is_dir(), reason=f"the kit is not there: {KIT}")
@pytest.mark.parametrize("name", TESTS)
def test_and_or_and_not_agree_with_the_kit(name):
    """Every result of the kit that true, false and null alone lead to."""
    compared = 0
    for expression, inputs, expected in results(name):
        words = [inputs.get(word, word) for word in re.findall(r'"[^"]*"|\w+', expression)
                 if word not in ("and", "or", "not")]
        if set(words) <= set(TRUTHS):
            case, parts = put([TRUTHS[word] for word in words])
            [how] = {"and", "or", "not"} & set(re.findall(r"[a-z]+", expression))
            joined = logic.Not(*parts) if how == "not" else {"and": logic.All, "or": logic.Any_}[how](parts)
            assert logic.evaluate(joined, case) is expected, (expression, inputs)
            compared += 1
    assert compared == TESTS[name]


def put(truths):
    """A case and one condition for each truth, which has that truth in this case."""
    case = {f"f{index}": "yes" if truth else "no" for index, truth in enumerate(truths) if truth is not None}
    return case, tuple(logic.OneOf(f"f{index}", frozenset(["yes"])) for index in range(len(truths)))


def results(name):
    """Each result that a test of the kit expects: the expression, its inputs as words, and the truth."""
    model = ElementTree.parse(KIT / f"{name}.dmn")
    texts = {decision.get("name"): decision.findtext("{*}literalExpression/{*}text")
             for decision in model.iterfind("{*}decision")}
    for case in ElementTree.parse(KIT / f"{name}-test-01.xml").iterfind("{*}testCase"):
        inputs = {node.get("name"): node.findtext("{*}value") or "null" for node in case.iterfind("{*}inputNode")}
        for node in case.iterfind("{*}resultNode"):
            yield texts[node.get("name")], inputs, TRUTHS[node.findtext("{*}expected/{*}value") or "null"]
