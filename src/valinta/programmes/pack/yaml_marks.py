"""YAML read with the line of every value, without YAML's surprises.

Plain scalars become null, true or false, whole numbers and ISO days; everything else stays text.
So 42.50 is never a binary fraction, 049 never octal, 18:00 never a number, and `no` never false.
A key written twice, or an anchor that repeats a list or a mapping, is a fault.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from valinta.programmes.pack.faults import Fault, Place, place_text

_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "null": None,
    "~": None,
    "true": True,
    "false": False,
}
# The database keeps no such sign, and no page shows one.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass
class MarkedYaml:
    """Contents of a YAML file, the line of every place in it, and what was wrong with it."""

    file: str
    contents: object = None
    lines: dict[Place, int] = field(default_factory=lambda: {(): 1})
    faults: list[Fault] = field(default_factory=list)

    def line_of(self, place: Place) -> int:
        """Line of a place, or of the nearest place around it that is in the file."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return 1

    def add_fault(self, place: Place, problem: str, mend: str) -> None:
        """Notes a fault at a place."""
        self.faults.append(Fault(self.file, self.line_of(place), place_text(place), problem, mend))


def read_marked(file: Path) -> MarkedYaml:
    """Reads a YAML file; a file that cannot be read has faults and no contents."""
    marked = MarkedYaml(file.name)
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except FileNotFoundError:
        marked.add_fault((), "the file is missing", f"make {file.name} in the pack's folder")
    except UnicodeDecodeError as error:
        marked.add_fault((), f"byte {error.start} is not UTF-8", "save the file as UTF-8")
    except yaml.MarkedYAMLError as error:
        _add_syntax_fault(marked, error)
    except yaml.YAMLError as error:
        marked.add_fault((), f"not YAML: {error}", "remove the characters that YAML does not allow")
    except RecursionError:
        marked.add_fault((), "lists or mappings stand too deep in each other", "write them flatter")
    else:
        marked.contents = None if root is None else _Builder(marked).build(root, ())
    return marked


def _add_syntax_fault(marked: MarkedYaml, error: yaml.MarkedYAMLError) -> None:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = f"not YAML: {error.problem or error.context}"
    mend = "check the indentation (spaces, no tabs), the colons and the quotes around this line"
    marked.faults.append(Fault(marked.file, line, place_text(()), problem, mend))


class _Builder:
    """Turns YAML nodes into values and notes the line of each."""

    def __init__(self, marked: MarkedYaml) -> None:
        self._marked = marked
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, place: Place) -> object:
        self._marked.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if id(node) in self._seen:
            problem = "an anchor repeats a list or a mapping"
            self._marked.add_fault(place, problem, "write it out; anchors are for texts only")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return {key: self.build(value, (*place, key)) for key, value in self._keys(node, place)}
        return [self.build(item, (*place, at)) for at, item in enumerate(node.value)]

    def _keys(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, yaml.Node]]:
        taken: set[str] = set()
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault_at(line, place, "a key is a list or a mapping", "use a word as the key")
            elif _UNSEEN.search(key_node.value):
                self._fault_at(line, place, "a key has a sign that is not seen", "take it out")
            elif key_node.value in taken:
                problem = f"the key {key_node.value!r} is here twice"
                self._fault_at(line, (*place, key_node.value), problem, "keep one of them")
            else:
                taken.add(key_node.value)
                self._marked.lines[(*place, key_node.value)] = line
                yield key_node.value, value

    def _fault_at(self, line: int, place: Place, problem: str, mend: str) -> None:
        self._marked.faults.append(Fault(self._marked.file, line, place_text(place), problem, mend))

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> object:
        text: str = node.value
        if _UNSEEN.search(text):
            self._marked.add_fault(place, "a text has a sign that is not seen", "take it out")
            return _UNSEEN.sub("", text)
        if node.style is not None:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DAY.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._marked.add_fault(place, f"{text} is not a day", "write a day that exists")
                return date(1, 1, 1)
        return text
