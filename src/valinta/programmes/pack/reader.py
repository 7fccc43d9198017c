"""Reading a programme pack from its folder: a whole and checked `Pack`, or every fault in it."""

from pathlib import Path

from pydantic import BaseModel, ValidationError

from valinta.programmes.pack.faults import Fault, Finding, PackFaults, place_text
from valinta.programmes.pack.rules import check
from valinta.programmes.pack.schema import (
    PROGRAMME_FILE,
    TRAY_FILE,
    Pack,
    ProgrammeFacts,
    TrayFacts,
)
from valinta.programmes.pack.schema_walk import keys_of
from valinta.programmes.pack.wording import finding_of
from valinta.programmes.pack.yaml_marks import MarkedYaml, read_marked


def read_pack(folder: Path) -> Pack:
    """The pack in a folder.

    Raises PackFaults with every fault of both files. Cross-checks are made when both files fit
    the schema, so mending one round of faults can bring out another.
    """
    programme = read_marked(folder / PROGRAMME_FILE)
    tray = read_marked(folder / TRAY_FILE)
    _check_schema(programme, ProgrammeFacts, dict.fromkeys(keys_of(TrayFacts), TRAY_FILE))
    _check_schema(tray, TrayFacts, dict.fromkeys(keys_of(ProgrammeFacts), PROGRAMME_FILE))
    if programme.faults or tray.faults:
        raise PackFaults((*programme.faults, *tray.faults))
    pack = Pack.model_validate({**_mapping(programme), **_mapping(tray)})
    findings = [*_check_folder(folder, pack), *check(pack)]
    if findings:
        raise PackFaults(tuple(_fault(finding, programme, tray) for finding in findings))
    return pack


def _mapping(marked: MarkedYaml) -> dict[str, object]:
    return marked.contents if isinstance(marked.contents, dict) else {}


def _check_schema(marked: MarkedYaml, model: type[BaseModel], elsewhere: dict[str, str]) -> None:
    """Adds the schema's faults; a file that is not readable YAML has its own faults already."""
    if marked.faults:
        return
    try:
        model.model_validate(marked.contents)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            finding = finding_of(detail, model, elsewhere)
            marked.add_fault(finding.place, finding.problem, finding.mend)


def _check_folder(folder: Path, pack: Pack) -> list[Finding]:
    name = folder.resolve().name
    if pack.code == name:
        return []
    problem = f"the code is {pack.code!r} but the folder is {name!r}"
    return [Finding(("code",), problem, "give the folder the name of the code")]


def _fault(finding: Finding, programme: MarkedYaml, tray: MarkedYaml) -> Fault:
    marked = tray if finding.place[0] in keys_of(TrayFacts) else programme
    return Fault(
        marked.file,
        marked.line_of(finding.place),
        place_text(finding.place),
        finding.problem,
        finding.mend,
    )
