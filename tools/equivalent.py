"""Which changes to a criterion can show at all: what nobody can see, no test could notice.

A widened condition may hold, beyond what was written, only for cases that another criterion rules out anyway. Such a
change is not a fault. It is told from a fault over every case of each service that has the criterion, cases with gaps
included, by the decision diagrams that the tests prove their claims with (`tests/quiz/spaces.py`).
"""

from collections.abc import Iterator
from pathlib import Path

from mutants import Replaced
from quiz import logic
from quiz.pathway import Rulebook
from quiz.suitability import Candidate, Check
from spaces import ServiceSpace
from waymark_site.registry import read


class Cases:
    """Every case of every service."""

    def __init__(self, root: Path):
        self.rulebook = Rulebook(read(root / "services.yaml", root / "quiz" / "questions.yaml"))
        self.spaces: dict[str, ServiceSpace] = {}

    def tell_apart(self, replaced: Replaced) -> bool:
        """Whether some case is told something else with the one criterion than with the other."""
        try:
            expression = logic.parse(replaced.condition)
        except logic.ConditionError:
            return True
        return any(self._space(candidate).tells_apart(index, Check(candidate.checks[index].criterion, replaced.effect, expression))
                   for candidate, index in self._places(replaced))

    def _places(self, replaced: Replaced) -> Iterator[tuple[Candidate, int]]:
        """Each service with the criterion, and its place there."""
        registry = self.rulebook.registry
        owners = {item.id: item.criteria for item in (*registry.shared_criteria, *registry.services)}
        [criterion] = [one for one in owners[replaced.owner] if one.id == replaced.criterion]
        return ((candidate, index) for candidate in self.rulebook.candidates
                for index, check in enumerate(candidate.checks) if check.criterion is criterion)

    def _space(self, candidate: Candidate) -> ServiceSpace:
        id = candidate.service.id
        if id not in self.spaces:
            self.spaces[id] = ServiceSpace(candidate, self.rulebook.registry, self.rulebook.questions, each_answer=True)
        return self.spaces[id]
