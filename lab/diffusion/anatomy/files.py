"""An anatomy as a file: tensors, texts and recipe in one .npz that numpy reads without pickles."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from lab.diffusion.anatomy.anatomy import Anatomy
from lab.diffusion.anatomy.pieces import Ending, Layer, Moment, Opening, Part, Token
from lab.diffusion.anatomy.spec import AnatomySpec
from lab.diffusion.schedulers import clean

STEP_TENSORS = ("latents", "prediction", "conditional", "unconditional", "clean", "attention", "picture")
UNREADABLE = (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile)


def tensors(anatomy: Anatomy) -> dict[str, np.ndarray]:
    """All arrays of an anatomy by name; those of the steps are stacked along a first axis."""
    opening, ending = anatomy.opening, anatomy.ending
    found = {"embedding": opening.embedding, "noise": opening.noise}
    if opening.colours is not None:
        found["map"] = opening.colours
    for name in STEP_TENSORS:
        stack = [getattr(moment, name) for moment in anatomy.moments]
        if stack and stack[0] is not None:
            found[f"steps_{name}"] = np.stack(stack)
    if ending:
        found |= {"final_latents": ending.latents, "picture": ending.picture, "colours": ending.colours}
        found |= {f"layer_{number:02d}": layer.maps for number, layer in enumerate(ending.layers)}
    return found


def facts(anatomy: Anatomy) -> dict:
    """What of an anatomy is not a tensor, as plain data that JSON can hold."""
    opening, ending = anatomy.opening, anatomy.ending
    told = {
        "spec": asdict(anatomy.spec),
        "tokens": [asdict(token) for token in opening.tokens],
        "cut": opening.cut,
        "prediction_type": opening.prediction_type,
        "steps": [[m.index, m.total, m.timestep, m.signal] for m in anatomy.moments],
    }
    if ending:
        told |= {
            "parts": [asdict(part) for part in ending.parts],
            "layers": [[layer.name, layer.heads] for layer in ending.layers],
            "recipe": ending.recipe,
        }
    return told


def npz(anatomy: Anatomy, quality: int | None = None) -> bytes:
    """The file: every tensor under its name, and under ``facts`` the rest as JSON text.

    Parameters
    ----------
    anatomy : Anatomy
    quality : int, optional
        For a small file: the steps' pictures become one WebP of this quality, and tensors that follow from
        others (the guided prediction, predicted x0) are left out; ``read`` computes them again.
    """
    buffer = io.BytesIO()
    text = np.frombuffer(json.dumps(facts(anatomy)).encode(), np.uint8)
    found = tensors(anatomy)
    arrays: dict[str, Any] = found if quality is None else _smaller(found, quality)
    np.savez_compressed(buffer, facts=text, **arrays)
    return buffer.getvalue()


def _smaller(found: dict[str, np.ndarray], quality: int) -> dict[str, np.ndarray]:
    found = {name: tensor for name, tensor in found.items() if name != "steps_clean"}
    if "steps_conditional" in found:
        del found["steps_prediction"]
    if "steps_picture" in found:
        row = Image.fromarray(np.concatenate(found.pop("steps_picture"), axis=1))
        stream = io.BytesIO()
        row.save(stream, "WEBP", quality=quality, method=6)
        found["steps_film"] = np.frombuffer(stream.getvalue(), np.uint8)
    return found


def _whole(told: dict, found: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The tensors of a small file with those that follow from others."""
    signals = np.array([signal for *_, signal in told["steps"]], np.float32).reshape(-1, 1, 1, 1)
    if "steps_prediction" not in found and "steps_conditional" in found:
        without, within = (
            found[f"steps_{name}"].astype(np.float32) for name in ("unconditional", "conditional")
        )
        beyond = without + told["spec"]["guidance"] * (within - without)
        found["steps_prediction"] = beyond.astype(np.float16)
    if "steps_clean" not in found and "steps_prediction" in found:
        latents, said = (found[f"steps_{name}"].astype(np.float32) for name in ("latents", "prediction"))
        found["steps_clean"] = clean(told["prediction_type"], latents, said, signals).astype(np.float16)
    if "steps_film" in found:
        with Image.open(io.BytesIO(found.pop("steps_film").tobytes()), formats=["WEBP"]) as row:
            pixels = np.asarray(row.convert("RGB"))
        found["steps_picture"] = np.stack(np.split(pixels, len(signals), axis=1))
    return found


def read(source: Path | bytes) -> Anatomy:
    """The anatomy in a file or its bytes.

    Raises
    ------
    ValueError
        If the file is another one.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        with np.load(stream, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
        told = json.loads(found.pop("facts").tobytes())
        return _gathered(told, _whole(told, found))
    except UNREADABLE as error:
        raise ValueError("The file holds no anatomy; choose an .npz that was made here.") from error


def _gathered(told: dict, found: dict[str, np.ndarray]) -> Anatomy:
    tokens = tuple(Token(**token) for token in told["tokens"])
    known = tokens, told["cut"], found["embedding"], found["noise"], told["prediction_type"]
    opening = Opening(AnatomySpec(**told["spec"]), *known, found.get("map"))
    stacks: dict[str, Any] = {name: found.get(f"steps_{name}") for name in STEP_TENSORS}
    moments = []
    for number, (index, total, timestep, signal) in enumerate(told["steps"]):
        own: dict[str, Any] = {
            name: None if stack is None else stack[number] for name, stack in stacks.items()
        }
        moments.append(Moment(index, total, timestep, signal, **own))
    return Anatomy(opening, tuple(moments), _ending(told, found) if "recipe" in told else None)


def _ending(told: dict, found: dict[str, np.ndarray]) -> Ending:
    layers = tuple(
        Layer(name, heads, found[f"layer_{number:02d}"])
        for number, (name, heads) in enumerate(told["layers"])
    )
    parts = tuple(Part(**part) for part in told["parts"])
    named = found["final_latents"], found["picture"]
    return Ending(*named, parts, layers, found["colours"], told["recipe"])
