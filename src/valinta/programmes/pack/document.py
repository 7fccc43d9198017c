"""The reference page of the pack format, made from the schema so that it cannot differ from it."""

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from valinta.programmes.pack.forms import form_of_key
from valinta.programmes.pack.schema import PROGRAMME_FILE, TRAY_FILE, ProgrammeFacts, TrayFacts
from valinta.programmes.pack.schema_walk import keys_of, model_within

_PREFACE = f"""# The programme pack

A programme pack is a folder of data, without code: `{PROGRAMME_FILE}` and `{TRAY_FILE}`. Everything
that makes one region's programme differ from another's is in it. This page is made from the schema
in `src/valinta/programmes/pack/`; a test fails when the two differ.

- Keys that are not listed here are faults. Keys without "must be there" may be left out.
- Periods are half-open: `starts_on` is the first day, `ends_on` the first day after it.
- A figure has a `source`, or it has `assumed: true` and `why`.
- References are codes: a price names its service by the service's `code`.
- Values are null, `true`, `false`, whole numbers, days, and text. A plain number with a decimal
  point stays text, so no amount is ever a binary fraction.
- An anchor (`&name`, `*name`) may repeat a text, never a list or a mapping.
"""


def document() -> str:
    """The reference page in Markdown: one section for each kind of facts, files first."""
    parts = [_PREFACE]
    for model, file in ((ProgrammeFacts, PROGRAMME_FILE), (TrayFacts, TRAY_FILE)):
        parts.append(_section(model, f"`{file}`"))
        parts.extend(_section(one, one.__name__) for one in _reached_from(model))
    seen: dict[str, None] = dict.fromkeys(parts)
    return "\n".join(seen)


def _reached_from(model: type[BaseModel]) -> list[type[BaseModel]]:
    found: dict[type[BaseModel], None] = {}
    for field in model.model_fields.values():
        inner = model_within(field.annotation)
        if inner is not None:
            found[inner] = None
            found.update(dict.fromkeys(_reached_from(inner)))
    return list(found)


def _section(model: type[BaseModel], title: str) -> str:
    lines = [f"## {title}", "", " ".join((model.__doc__ or "").split()), ""]
    lines += ["| key | written as | must be there | what it says |", "|---|---|---|---|"]
    for key, name in keys_of(model).items():
        field = model.model_fields[name]
        needed = "yes" if field.is_required() else f"no, {_default(field)}"
        lines.append(f"| `{key}` | {form_of_key(model, key)} | {needed} | {field.description} |")
    return "\n".join(lines) + "\n"


def _default(field: FieldInfo) -> str:
    if field.default is None:
        return "null"
    return "none" if field.default == () else str(field.default).lower()
