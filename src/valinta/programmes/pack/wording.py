"""Schema errors in words: what is wrong and how to mend it."""

from difflib import get_close_matches

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from valinta.programmes.pack.faults import Finding
from valinta.programmes.pack.forms import form_of_key
from valinta.programmes.pack.schema_walk import keys_of, model_at

_MENDS = {
    "string_type": ("must be text", "put it in quotes"),
    "date_type": ("must be a day", "write it as 2019-03-15, without quotes"),
    "bool_type": ("must be true or false", "write true or false, without quotes"),
    "int_type": ("must be a whole number", "write digits only, without quotes"),
    "tuple_type": ("must be a list", "write each item on a line of its own after a hyphen"),
    "model_type": ("must be a mapping", "write keys with a colon, one on each line"),
    "string_too_short": ("must not be empty", "write the text"),
}


def finding_of(error: ErrorDetails, model: type[BaseModel], elsewhere: dict[str, str]) -> Finding:
    """An error of the schema as a finding; `elsewhere` names the file of keys that are not here."""
    kind, place, given = error["type"], error["loc"], error["input"]
    key = str(place[-1]) if place else ""
    if kind == "missing":
        return Finding(place, f"the key {key!r} is missing", f"add {key}: with its value")
    if kind == "extra_forbidden":
        return Finding(place, f"the key {key!r} is not known", _nearest(error, model, elsewhere))
    if kind == "pack":
        context = error["ctx"]
        return Finding(place, context["problem"], context["mend"])
    if kind == "literal_error":
        expected = error["ctx"]["expected"]
        return Finding(place, f"{given!r} is not one of the choices", f"write {expected}")
    if kind == "too_short":
        least = error["ctx"]["min_length"]
        return Finding(place, f"the list needs at least {least} of these", "add what is missing")
    if kind == "string_pattern_mismatch":
        return Finding(place, f"{given!r} has the wrong form", _form_at(error, model))
    problem, mend = _MENDS.get(
        kind, (f"does not fit: {error['msg']}", "see the format's reference")
    )
    return Finding(place, f"{'nothing' if given is None else repr(given)} {problem}", mend)


def _nearest(error: ErrorDetails, model: type[BaseModel], elsewhere: dict[str, str]) -> str:
    *around, key = error["loc"]
    if not around and key in elsewhere:
        return f"move it to {elsewhere[str(key)]}"
    owner = model_at(model, tuple(around))
    known = list(keys_of(owner)) if owner else []
    near = get_close_matches(str(key), known, n=1)
    if near:
        return f"did you mean {near[0]!r}? Otherwise remove it"
    return f"remove it, or use one of {', '.join(known)}"


def _form_at(error: ErrorDetails, model: type[BaseModel]) -> str:
    place = error["loc"]
    names = [part for part in place if isinstance(part, str)]
    owner = model_at(model, place[: place.index(names[-1])]) if names else None
    if owner is None or names[-1] not in keys_of(owner):
        return f"write it as the pattern {error['ctx']['pattern']} says"
    return f"write it as {form_of_key(owner, names[-1])}"
