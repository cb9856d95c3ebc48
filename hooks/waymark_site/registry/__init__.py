"""Reading the registry: from the files people write to one frozen, checked `quiz.model.Registry`."""

from dataclasses import dataclass, replace
from pathlib import Path

from quiz.model import Registry
from waymark_site.registry import shape, yaml_lines
from waymark_site.registry.faults import Fault, RegistryFaults, shown
from waymark_site.registry.rules import RULES
from waymark_site.registry.view import View

__all__ = ["Opened", "Registry", "RegistryFaults", "opened", "read"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A registry with the files it was read from."""

    registry: Registry
    services: yaml_lines.Read
    questions: yaml_lines.Read

    def place(self, *path: str | int) -> str:
        """Where the value at a path is written: `services.yaml:312`."""
        file = self.questions if path[:1] == ("questions",) else self.services
        return f"{file.file}:{file.line(path)}"


def read(services: Path, questions: Path) -> Registry:
    """The registry of `services.yaml` with the questions of `questions.yaml`.

    Raises RegistryFaults with every fault found in both files.
    """
    return opened(services, questions).registry


def opened(services: Path, questions: Path) -> Opened:
    """The same, with where everything is written."""
    main, asked = yaml_lines.read(services), yaml_lines.read(questions)
    found = [*main.faults, *asked.faults]
    for file in (main, asked):
        if file.lines and not isinstance(file.data, dict):
            found.append(_placed(Fault((), shown(file.data), "a mapping of sections", "Look at the first lines."), file))
    if not isinstance(main.data, dict) or not isinstance(asked.data, dict):
        raise RegistryFaults(found)
    for key in asked.data.keys() - {"questions"}:
        found.append(_placed(Fault((key,), f"the section {shown(key)}", "only 'questions'", "Move it to services.yaml."), asked))
    if "questions" in main.data:
        found.append(_placed(Fault(("questions",), "questions", "no such section here", "Move them to questions.yaml."), main))
    data = main.data | {"questions": asked.data.get("questions", [])}
    registry, faults = shape.check(data)
    if registry:
        view = View(registry, data)
        faults += [fault for rule in RULES for fault in rule(view)]
    found += [_placed(fault, asked if fault.path[:1] == ("questions",) else main) for fault in faults]
    if found:
        raise RegistryFaults(found)
    return Opened(registry, main, asked)


def _placed(fault: Fault, file: yaml_lines.Read) -> Fault:
    return replace(fault, file=file.file, line=file.line(fault.path))
