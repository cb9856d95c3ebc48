"""A question offers each answer once."""

from tests.registry.registries import told


def test_an_answer_offered_twice_is_told(tmp_path):
    twice = ("      - {value: south, label: South}\n", "      - {value: south, label: South}\n      - {value: south, label: The south}\n")
    assert told(tmp_path, questions=(twice,)) == [(
        "questions[1].options[2].value", "- {value: south, label: The south}",
        "found 'south' a second time, expected each answer once. Take one of the two away.")]
