"""Finding one's way in the schema: which keys a place takes, and which facts a pack holds."""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from valinta.programmes.pack.faults import Place


def keys_of(model: type[BaseModel]) -> dict[str, str]:
    """Keys as they are written in a pack, each with the name of its attribute."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


def model_within(annotation: object) -> type[BaseModel] | None:
    """The model inside an annotation such as `tuple[PriceFacts, ...] | None`; None without one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (model_within(inner) for inner in get_args(annotation))
    return next((model for model in found if model is not None), None)


def model_at(model: type[BaseModel], place: Place) -> type[BaseModel] | None:
    """The model whose keys are written at a place, counted from `model`."""
    for part in place:
        if isinstance(part, int):
            continue
        name = keys_of(model).get(part)
        inner = model_within(model.model_fields[name].annotation) if name else None
        if inner is None:
            return None
        model = inner
    return model


def walk(fact: BaseModel, place: Place = ()) -> Iterator[tuple[Place, BaseModel]]:
    """Every piece of facts in a pack with its place, the whole first."""
    yield place, fact
    for key, name in keys_of(type(fact)).items():
        inner = getattr(fact, name)
        if isinstance(inner, BaseModel):
            yield from walk(inner, (*place, key))
        elif isinstance(inner, tuple):
            for at, item in enumerate(inner):
                if isinstance(item, BaseModel):
                    yield from walk(item, (*place, key, at))
