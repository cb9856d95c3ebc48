"""Reading the registry: from the files people write to one frozen, checked `quiz.model.Registry`."""

from dataclasses import dataclass, replace
from pathlib import Path

from quiz.model import Registry
from waymark_site.registry import faults, overlay, shape, yaml_lines
from waymark_site.registry.faults import Fault, RegistryFaults, nearest, shown
from waymark_site.registry.rules import RULES
from waymark_site.registry.view import View

__all__ = ["NoEdition", "Opened", "Registry", "RegistryFaults", "edition", "opened", "read"]


class NoEdition(RegistryFaults):
    """There is no local edition of the name asked for."""


def edition(root: Path, area: str | None) -> Path | None:
    """The file of the local edition of an area, in a project; None where none is asked for. Raises NoEdition."""
    if not area:
        return None
    there = [file.stem for file in (root / "local").glob("*.yaml")]
    if area not in there:
        raise NoEdition([Fault((), "no such file", "the name of a local edition", nearest(area, there), f"local/{area}.yaml", 1)])
    return root / "local" / f"{area}.yaml"


@dataclass(frozen=True, slots=True)
class Opened:
    """A registry with the files it was read from."""

    registry: Registry
    files: "_Files"

    def place(self, *path: str | int) -> str:
        """Where the value at a path is written: `services.yaml:312`."""
        file, there = self.files.origin(path)
        return f"{file.file}:{file.line(there)}"


def read(services: Path, questions: Path, local: Path | None = None) -> Registry:
    """The registry of `services.yaml` with the questions of `questions.yaml`, perhaps in a local edition.

    Raises RegistryFaults with every fault found in the files.
    """
    return opened(services, questions, local).registry


def opened(services: Path, questions: Path, local: Path | None = None) -> Opened:
    """The same, with where everything is written."""
    files = _Files(yaml_lines.read(services), yaml_lines.read(questions), yaml_lines.read(local) if local else None)
    found = [fault for file in files.each for fault in file.faults]
    for file in files.each:
        if file.lines and not isinstance(file.data, dict):
            found.append(_placed(Fault((), shown(file.data), "a mapping of sections", "Look at the first lines."), file))
    if not all(isinstance(file.data, dict) for file in files.each):
        raise RegistryFaults(found)
    main, asked = files.main, files.asked
    for key in asked.data.keys() - {"questions"}:
        found.append(_placed(Fault((key,), f"the section {shown(key)}", "only 'questions'", "Move it to services.yaml."), asked))
    if "questions" in main.data:
        found.append(_placed(Fault(("questions",), "questions", "no such section here", "Move them to questions.yaml."), main))
    if isinstance(main.data.get("registry"), dict) and "local" in main.data["registry"]:
        found.append(_placed(Fault(("registry", "local"), "local", "no such key here", "Write a local edition into local/AREA.yaml."), main))
    data = main.data | {"questions": asked.data.get("questions", [])}
    registry, wrong = _checked(data)
    found += [_placed(replace(fault, path=there), file) for fault in wrong for file, there in [files.origin(fault.path)]]
    if files.own and registry and not found:  # a local edition is looked at once what it changes is sound
        areas = {option.value for question in registry.questions if question.id == "area" for option in question.options}
        found += [_placed(fault, files.own) for fault in overlay.check(files.own.data, data, areas)]
        if not found:
            files = replace(files, merged=overlay.merged(files.own.data, data))
            registry, wrong = _checked(files.merged.data)
            found += [_placed(replace(fault, path=there), file) for fault in wrong for file, there in [files.origin(fault.path)]]
    if found:
        raise RegistryFaults(found)
    return Opened(registry, files)


def _checked(data: dict) -> tuple[Registry | None, list[Fault]]:
    registry, found = shape.check(data)
    if registry:
        view = View(registry, data)
        found += [fault for rule in RULES for fault in rule(view)]
    return registry, found


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a registry, and which of them holds what."""

    main: yaml_lines.Read
    asked: yaml_lines.Read
    own: yaml_lines.Read | None
    """The local edition."""
    merged: overlay.Merged | None = None

    @property
    def each(self) -> tuple[yaml_lines.Read, ...]:
        return tuple(file for file in (self.main, self.asked, self.own) if file)

    def origin(self, path: faults.Path) -> tuple[yaml_lines.Read, faults.Path]:
        """The file in which what stands at a path is written, and the path there."""
        if path[:1] == ("questions",):
            return self.asked, path
        name, there = self.merged.origin(path) if self.merged else ("main", path)
        return (self.own if name == "local" else self.main), there


def _placed(fault: Fault, file: yaml_lines.Read) -> Fault:
    return replace(fault, file=file.file, line=file.line(fault.path))
