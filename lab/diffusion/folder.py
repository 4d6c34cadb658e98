"""A model on disk before it is loaded: where it lies, what it is, its defaults, its words, its hash.

Reads only small files and knows no torch, so that a page can show a model's settings at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lab import checksums
from lab.diffusion import family, shelf

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BABEL = Path(__file__).resolve().parents[2] / "data" / "babel"


def locate(name: str) -> Path:
    """Folder or file of the model called ``name``: ``"babel"``, what lies in the models folder, or a path.

    The environment variable LATENT_LIBRARY_BABEL puts another folder in babel's place.
    """
    if name == "babel":
        return Path(os.environ.get("LATENT_LIBRARY_BABEL", BABEL))
    shelved = shelf.folder() / name
    return shelved if shelved.exists() else Path(name).expanduser()


def facts(folder: Path) -> dict:
    """What ``latent_library.json`` says about the model; empty where there is none or it is broken.

    Keys in use: steps, guidance, scheduler (defaults), guided (the same three where guidance is asked for),
    embedding_unit (of noise on embeddings), latent_rgb (linear map from latents to colours).
    """
    return family.read_small(Path(folder) / "latent_library.json")


class Defaults(dict):
    """Steps, guidance and scheduler that look good on a model in the fewest steps.

    Attributes
    ----------
    guided : dict
        The same three for a render that asks for guidance, a negative prompt or another sampler, which a
        model taught to do with few steps cannot answer that way; itself where there is no difference.
    """

    guided: dict


def defaults(folder: Path) -> Defaults:
    """Steps, guidance and scheduler that look good on this model in the fewest steps."""
    known = facts(folder)
    own = Defaults({name: known.get(name, value) for name, value in family.defaults(Path(folder)).items()})
    own.guided = known.get("guided", own)
    return own


def embedding_unit(folder: Path) -> float:
    """By what noise on embeddings is multiplied on this model; 1 for Stable Diffusion 1.x and strangers."""
    return float(facts(folder).get("embedding_unit", 1.0))


def vocabulary(folder: Path) -> frozenset[str]:
    """Words that the model was taught (``words.txt``, one a line); empty where nobody wrote them down."""
    path = Path(folder) / "words.txt"
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return frozenset(text.lower().split())


def unknown_words(prompt: str, known: frozenset[str]) -> list[str]:
    """Words of ``prompt`` outside ``known``, each once, in their order; none if ``known`` is empty."""
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s.,;:!?()\"'’/-]", prompt.lower()) if known else []
    return [word for word in dict.fromkeys(words) if word not in known]


@cache
def _tokenizer(folder: Path) -> tuple[Tokenizer, int]:
    """Tokenizer of the folder and the number of tokens that a prompt may have."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer" / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    settings = json.loads((folder / "tokenizer" / "tokenizer_config.json").read_text(encoding="utf-8"))
    return tokenizer, settings["model_max_length"] - 2  # without the start and the end mark


def count_tokens(prompt: str, folder: Path) -> tuple[int, int]:
    """Tokens of ``prompt`` that are read, and that are cut off; 0, 0 where no tokenizer can be read."""
    if not (folder / "tokenizer" / "tokenizer.json").is_file():
        return 0, 0
    try:
        tokenizer, most = _tokenizer(folder)
    except Exception:  # tokenizers knows no narrower one; loading the model will say it
        return 0, 0
    count = len(tokenizer.encode(prompt, add_special_tokens=False).ids)
    return min(count, most), max(0, count - most)


def weight_files(folder: Path) -> list[Path]:
    """Every safetensors file of the networks and the few-step adapter, in a fixed order; or the one file."""
    if Path(folder).is_file():
        return [Path(folder)]
    parts = ("text_encoder", "text_encoder_2", "unet", "vae", "few_step")
    return sorted(file for part in parts for file in (Path(folder) / part).glob("*.safetensors"))


def weights_hash(folder: Path) -> str:
    """First 16 digits of the SHA-256 over the weight files, names left out: what was rendered with what."""
    digest = hashlib.sha256()
    for file in weight_files(folder):
        digest.update(bytes.fromhex(checksums.digest(file)))
    return digest.hexdigest()[:16]
