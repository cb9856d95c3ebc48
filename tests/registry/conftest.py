"""What tests of the maintainer's commands share."""

import pytest

from tests.registry.registries import write


@pytest.fixture
def small(tmp_path):
    """Makes a project's folder with the small sound registry, perhaps changed, and gives its path."""
    def made(name, *edits):
        folder = tmp_path / name
        (folder / "quiz").mkdir(parents=True)
        write(folder, *edits)
        (folder / "questions.yaml").rename(folder / "quiz" / "questions.yaml")
        return str(folder)
    return made
