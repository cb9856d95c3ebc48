"""Services examined together, and again after a change, are judged as each would be by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.panel import Panel
from quiz.suitability import examine
from test_suitability import cases, criteria, made

services = st.lists(criteria, max_size=6)


@settings(max_examples=500)
@given(services, st.lists(cases, min_size=1, max_size=4))
def test_each_service_is_judged_as_by_itself_whatever_was_examined_before(drawn, visited):
    candidates = tuple(made(one)[0] for one in drawn)
    panel, before = Panel(candidates), None
    for case in visited:
        before = panel.examine(case, before)
        assert before.answers == tuple(examine(candidate, case) for candidate in candidates)
        assert before.readings == tuple(condition.read(case) for condition in panel.conditions)


@settings(max_examples=200)
@given(services, cases)
def test_a_condition_is_read_once_however_many_services_share_it(drawn, case):
    panel = Panel(tuple(made(one)[0] for one in drawn))
    assert len(set(panel.conditions)) == len(panel.conditions)
    assert set(panel.conditions) == {check.expression for candidate in panel.candidates for check in candidate.checks}
    assert len(panel.examine(case).readings) == len(panel.conditions)
