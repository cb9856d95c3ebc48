"""The real registry, read once in each process."""

from pathlib import Path

import pytest

from quiz.pathway import Rulebook
from spaces import ServiceSpace
from waymark_site.registry import read

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def registry():
    """The registry of this project, checked."""
    return read(ROOT / "services.yaml", ROOT / "quiz" / "questions.yaml")


@pytest.fixture(scope="session")
def rulebook(registry):
    """The registry made ready to answer."""
    return Rulebook(registry)


@pytest.fixture(scope="session")
def questions(rulebook):
    """Every question by its fact, in the order of asking."""
    return rulebook.questions


@pytest.fixture(scope="session")
def spaces(rulebook):
    """For every service that can be an answer, the space of all its cases."""
    return {candidate.service.id: ServiceSpace(candidate, rulebook.registry, rulebook.questions)
            for candidate in rulebook.candidates}
