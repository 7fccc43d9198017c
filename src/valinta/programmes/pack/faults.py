"""What is wrong in a pack, where, and how to mend it."""

from dataclasses import dataclass

Place = tuple[str | int, ...]


def place_text(place: Place) -> str:
    """Keys and list positions as people write them, for example services[3].names.sv."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "(the whole file)"


@dataclass(frozen=True)
class Finding:
    """A fault at a place in the facts, before the file and line are known."""

    place: Place
    problem: str
    mend: str


@dataclass(frozen=True, order=True)
class Fault:
    """A fault in a file of a pack. Lines count from 1."""

    file: str
    line: int
    path: str
    problem: str
    mend: str

    def __str__(self) -> str:
        """One line for a terminal: file, line, place, what is wrong and how to mend it."""
        return f"{self.file}:{self.line}: {self.path}: {self.problem}. To mend: {self.mend}."


class PackFaults(ValueError):
    """A pack cannot be used; every fault that was found is in `faults`, in the order of lines."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type["PackFaults"], tuple[tuple[Fault, ...]]]:
        """Keeps the faults when the error crosses a process border."""
        return type(self), (self.faults,)
