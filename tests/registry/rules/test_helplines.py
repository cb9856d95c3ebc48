"""Some helplines stand on every page."""

import pytest

from tests.registry.registries import told


@pytest.mark.parametrize("mark", ["", "    everywhere: false\n"])
def test_no_helpline_for_every_page_is_told(tmp_path, mark):
    assert told(tmp_path, ("    everywhere: true\n", mark)) == [(
        "helplines", "helplines:",
        "found no helpline for every page, expected at least one with everywhere: true. "
        "Mark the helplines that stand in the footer.")]
