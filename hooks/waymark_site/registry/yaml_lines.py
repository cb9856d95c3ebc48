"""YAML as plain data that remembers its lines, read strictly.

People write the registry by hand, so whatever YAML does quietly is refused aloud: a key given
twice, an alias (which could also blow a small file up into a huge one), a tag, a key that is
not a word. `yes` and `no` are words here, and dates stay as written.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from waymark_site.registry import faults
from waymark_site.registry.faults import Fault

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MOST_BYTES = 200_000_000
DEEPEST = 30
"""No honest registry nests deeper, and a file that does can bring the parser itself down."""

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
BRACKET = re.compile(r"[\[\]{}]")
DEEP_BLOCK = re.compile(r"(?:[-?:]\s+){200}|^ {1000}", re.MULTILINE)
QUOTED = ("'", '"', "|", ">")
"""The styles of a scalar that is always text."""
OTHER_PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Read:
    """A file as read: its plain data, and the YAML nodes that know the lines."""

    file: str
    data: Any
    root: yaml.Node | None
    faults: tuple[Fault, ...]

    def line(self, path: faults.Path) -> int:
        """The line (from 1) of the value at a path, or of the nearest thing above it."""
        node, line = self.root, 1
        for part in path:
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == str(part):
                        node, line = value, key.start_mark.line + 1
                        break
                else:
                    break
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line + 1
            else:
                break
        return line


def read(path: Path) -> Read:
    """Read a YAML file. Whatever is wrong with it stands in `faults`; nothing is raised."""
    name = path.name

    def broken(found: str, expected: str, mend: str, line: int = 1) -> Read:
        return Read(name, None, None, (Fault((), found, expected, mend, name, line),))

    try:
        raw = path.read_bytes()
    except OSError as error:
        return broken(f"no readable file ({error.strerror or error})", f"the file {name}", "Check its name and place.")
    if len(raw) > MOST_BYTES:
        return broken(f"{len(raw):,} bytes", f"at most {MOST_BYTES:,}", "Look for something pasted in by mistake.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return broken(f"the byte 0x{raw[error.start]:02x}", "text in UTF-8", "Save the file as UTF-8.", line)
    if not text.strip():
        return broken("an empty file", "a registry", "Put it back from version control.")
    if deep := _too_deep(text):
        return broken(f"more than {DEEPEST} levels of nesting", "a registry", "Look for stray brackets.", deep)
    try:
        root = yaml.compose(text, Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "something unreadable"
        line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
        return broken(f"YAML that cannot be read ({problem})", "valid YAML",
                      "Look at this line and the one above: indentation, a missing quote or a stray colon.", line)
    if root is None:
        return broken("only comments", "a registry", "Put it back from version control.")
    found: list[Fault] = []
    data = _plain(root, (), set(), found)
    return Read(name, data, root, tuple(
        Fault(fault.path, fault.found, fault.expected, fault.mend, name, fault.line) for fault in found))


def _too_deep(text: str) -> int:
    """The line where the nesting would overflow the parser's own stack, or 0.

    Looked for in the text, since the parser must not be let near it.
    """
    if run := DEEP_BLOCK.search(text):
        return text.count("\n", 0, run.start()) + 1
    depth = 0
    for bracket in BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > 1000:
            return text.count("\n", 0, bracket.start()) + 1
    return 0


def _plain(node: yaml.Node, path: faults.Path, seen: set[int], found: list[Fault]) -> Any:
    """The node as plain data; what may not stand in a registry is added to `found` and left out."""
    line = node.start_mark.line + 1
    if len(path) > DEEPEST:
        found.append(Fault(path[:3], f"more than {DEEPEST} levels of nesting", "a registry", "Look for stray brackets.", line=line))
        return None
    if not isinstance(node, yaml.ScalarNode):
        if id(node) in seen:
            found.append(Fault(path, "an alias (*name)", "the value itself", "Write it out: aliases are not used here.", line=line))
            return None
        seen.add(id(node))
    if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
        found.append(Fault(path, f"the tag {node.tag}", "a plain value", "Take the tag away.", line=line))
        return None
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, index), seen, found) for index, item in enumerate(node.value)]
    mapping: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            found.append(Fault(path, "a key that is a list or a mapping", "a word", "Check the brackets and colons.", line=line))
        elif key.value in mapping:
            found.append(Fault((*path, key.value), f"'{key.value}' a second time", "each key once",
                               "Take one of the two away.", line=line))
        else:
            mapping[key.value] = _plain(value, (*path, key.value), seen, found)
    return mapping


def _scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    text = node.value
    if node.style in QUOTED:
        return text
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return OTHER_PLAIN.get(text, text)
