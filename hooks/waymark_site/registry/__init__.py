"""Reading the registry: from the files people write to one frozen, checked `quiz.model.Registry`."""

from dataclasses import replace
from pathlib import Path

from quiz.model import Registry
from waymark_site.registry import shape, yaml_lines
from waymark_site.registry.faults import Fault, RegistryFaults
from waymark_site.registry.rules import RULES
from waymark_site.registry.view import View

__all__ = ["Registry", "RegistryFaults", "read"]


def read(services: Path, questions: Path) -> Registry:
    """The registry of `services.yaml` with the questions of `questions.yaml`.

    Raises RegistryFaults with every fault found in both files.
    """
    main, asked = yaml_lines.read(services), yaml_lines.read(questions)
    found = [*main.faults, *asked.faults]
    if isinstance(main.data, dict) and isinstance(asked.data, dict):
        data = {**main.data, "questions": asked.data.get("questions", [])}
        registry, faults = shape.check(data)
        faults += [Fault((key,), f"the section '{key}'", "only 'questions'", "Move it to services.yaml.")
                   for key in asked.data if key != "questions"]
        if "questions" in main.data:
            faults.append(Fault(("questions",), "questions", "no such section here", "Move them to questions.yaml."))
        if registry:
            view = View(registry, data)
            faults += [fault for rule in RULES for fault in rule(view)]
        found += [_placed(fault, asked if fault.path[:1] == ("questions",) else main) for fault in faults]
    elif main.data is not None and not isinstance(main.data, dict):
        found += [_placed(fault, main) for fault in shape.check(main.data)[1]]
    if found:
        raise RegistryFaults(found)
    return registry


def _placed(fault: Fault, file: yaml_lines.Read) -> Fault:
    return replace(fault, file=file.file, line=file.line(fault.path))
