"""A spec spelled for the code of a page: what is not at its default, as Python's keywords and as flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lab.diffusion.spec import Sampling

SAMPLING = ("seed", "steps", "guidance", "scheduler", "negative", "model")


def changes(spec: Sampling, plain: Sampling, names: Iterable[str]) -> dict[str, object]:
    """The entries of these names that are not as in ``plain``."""
    return {name: getattr(spec, name) for name in names if getattr(spec, name) != getattr(plain, name)}


def keywords(changed: Mapping[str, object], without: Iterable[str] = ()) -> str:
    """``, name=value, …`` as a call goes on after its first argument."""
    return "".join(f", {name}={value!r}" for name, value in changed.items() if name not in without)


def flags(changed: Mapping[str, object]) -> list[str]:
    """``--name value`` for each entry."""
    return [item for name, value in changed.items() for item in (f"--{name.replace('_', '-')}", str(value))]
