"""Specs from plain data that a stranger may have written: every field by its declared type, nothing else.

The specs' own ``validate`` then checks the values. Nothing in the data chooses a class or names code.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Kind = TypeVar("Kind", bound="DataclassInstance")
SHOWN = 40  # characters of a wrong value that are repeated
DEPTH_MOST = 6
ITEMS_MOST = 2000


def build(kind: type[Kind], values: object, what: str = "The recipe") -> Kind:
    """Dataclass of plain data, not yet validated.

    Parameters
    ----------
    kind : type
        The dataclass; its annotations say what each field may be.
    values : object
        As JSON gave it: it has to be a dictionary with the fields' names.

    Raises
    ------
    ValueError
        If a field is missing, unknown or of another type: one sentence.
    """
    if not isinstance(values, Mapping):
        raise ValueError(f"{what} is no table of names and values.")
    known = {field.name: field for field in fields(kind)}
    if strangers := [name for name in values if name not in known]:
        raise ValueError(f"{what} has an unknown entry {str(strangers[0])[:SHOWN]!r}.")
    for name, field in known.items():
        if name not in values and field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"{what} has no {name!r}.")
    hints = typing.get_type_hints(kind)
    return kind(**{name: read(hints[name], value, f"{what}'s {name}") for name, value in values.items()})


def read(hint: Any, value: object, what: str, depth: int = 0) -> object:
    """A value that fits an annotation; lists become tuples, whole numbers may stand for floats."""
    if depth > DEPTH_MOST:
        raise ValueError(f"{what} is nested too deep.")
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return _one_of(typing.get_args(hint), value, what, depth)
    if typing.get_origin(hint) is tuple:
        return _tuple(typing.get_args(hint), value, what, depth)
    if isinstance(hint, type) and is_dataclass(hint):
        return build(hint, value, what)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    fits = type(value) is hint or (hint in (None, type(None)) and value is None)
    if not fits:
        raise ValueError(f"{what} is {str(value)[:SHOWN]!r}, which it cannot be.")
    return value


def _one_of(hints: tuple, value: object, what: str, depth: int) -> object:
    for hint in sorted(hints, key=lambda hint: hint is float):  # a whole number stays whole where it may
        try:
            return read(hint, value, what, depth + 1)
        except ValueError:
            continue
    raise ValueError(f"{what} is {str(value)[:SHOWN]!r}, which it cannot be.")


def _tuple(hints: tuple, value: object, what: str, depth: int) -> tuple:
    if not isinstance(value, list | tuple) or len(value) > ITEMS_MOST:
        raise ValueError(f"{what} is {str(value)[:SHOWN]!r}, but it must be a list.")
    if len(hints) == 2 and hints[1] is Ellipsis:
        return tuple(read(hints[0], each, what, depth + 1) for each in value)
    if len(value) != len(hints):
        raise ValueError(f"{what} has {len(value)} entries, but it must have {len(hints)}.")
    return tuple(read(hint, each, what, depth + 1) for hint, each in zip(hints, value, strict=True))
