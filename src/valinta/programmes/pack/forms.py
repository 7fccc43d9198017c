"""How each value of a pack is written, in words taken from the schema itself."""

from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from valinta.programmes.pack.schema_base import Form
from valinta.programmes.pack.schema_walk import keys_of


def form_of_key(owner: type[BaseModel], key: str) -> str:
    """How the value of a key is written."""
    field = owner.model_fields[keys_of(owner)[key]]
    return form_of(field.annotation, tuple(field.metadata))


def form_of(annotation: object, metadata: tuple[object, ...] = ()) -> str:
    """How a value of an annotation is written; metadata with a `Form` decides."""
    for extra in metadata:
        if isinstance(extra, Form):
            return extra.text
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return form_of(inner[0], inner[1:])
    if origin in (Union, UnionType):
        return " or ".join(form_of(one) for one in inner)
    if origin is Literal:
        return "one of " + ", ".join(f"`{choice}`" for choice in inner)
    if origin is tuple:
        return "list of " + form_of(inner[0])
    if annotation is NoneType:
        return "`null`"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    raise TypeError(f"{annotation!r} has no written form: give it a Form in schema_base")
