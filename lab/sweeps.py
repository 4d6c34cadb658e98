"""One function over a grid of parameters, on one core, many, or a cluster; results are kept.

Every result is a file of its own, named by a hash of the function and the parameters. A sweep that was
stopped therefore goes on where it was, and one that was enlarged computes what is new. Where the work goes is
for `lab.cluster` to say: processes of this machine, or a Dask scheduler where its address is set.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from lab import cluster

Parameters = Mapping[str, object]
Function = Callable[..., object]


def grid(**axes: Sequence) -> list[dict]:
    """All combinations of the values of some parameters, the last one fastest.

    Parameters
    ----------
    **axes : sequence
        Values of each parameter, by its name.
    """
    return [dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values())]


def name(function: Function, parameters: Parameters) -> str:
    """Names a result, by the function's own name and its parameters.

    Parameters
    ----------
    function : callable
        Of a module, so that it has a name of its own.
    parameters : dict
        Plain values; their order says nothing.
    """
    text = json.dumps([function.__module__, function.__qualname__, parameters], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def sweep(
    function: Function,
    points: Sequence[Parameters],
    folder: Path | None = None,
    workers: int = 1,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[dict, object]]:
    """Parameters and result of every point, known ones first, then as they come.

    Parameters
    ----------
    function : callable
        Of a module; takes the parameters by name, and returns what JSON can hold. Its result depends on them
        alone: a function that changes needs another name, or another folder.
    points : sequence of mapping
        What JSON can hold; equal points are computed once.
    folder : Path, optional
        Where results are kept; without it nothing is.
    workers : int
        Processes of this machine; passed over where a Dask scheduler is set.
    cancelled : callable
        Asked between two results.
    """
    wanted = {name(function, point): dict(point) for point in points}
    missing = []
    for key, point in wanted.items():
        known = _read(folder, key)
        if known is None:
            missing.append(key)
        else:
            yield point, known["result"]
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    tasks = [(function, wanted[key]) for key in missing]
    for number, result in cluster.spread(_at, tasks, workers, cancelled):
        _write(folder, missing[number], function, wanted[missing[number]], result)
        yield wanted[missing[number]], result


def _at(task: tuple[Function, dict]) -> object:
    function, point = task
    return function(**point)


def _read(folder: Path | None, key: str) -> dict | None:
    """A stored result, or None where there is none that can be read."""
    path = folder / f"{key}.json" if folder else None
    if path is None or not path.is_file():
        return None
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None  # cut off while it was written
    return known if "result" in known else None


def _write(folder: Path | None, key: str, function: Function, point: dict, result: object) -> None:
    """Store a result in one piece, so that a crash leaves either all of it or nothing."""
    if folder is None:
        return
    told = {
        "function": f"{function.__module__}.{function.__qualname__}",
        "parameters": point,
        "result": result,
    }
    part = folder / f"{key}.part"
    part.write_text(json.dumps(told), encoding="utf-8")
    os.replace(part, folder / f"{key}.json")
