"""The tokenizer of every Stable Diffusion, for files that hold weights and nothing else.

Byte-pair encoding of CLIP: 256 bytes, the same at a word's end, 48 894 merges, two marks. The merges lie in
``data/clip``; the vocabulary follows from them. Source: Radford et al. 2021.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING, Any

from lab.catalog import ROOT

if TYPE_CHECKING:
    from transformers import CLIPTokenizer

MERGES = ROOT / "data" / "clip" / "merges.txt.gz"
START, END = "<|startoftext|>", "<|endoftext|>"


@cache
def merges() -> tuple[tuple[str, str], ...]:
    """Pairs of word pieces that belong together, the most frequent first."""
    lines = gzip.decompress(MERGES.read_bytes()).decode("utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines)
    return tuple((first, second) for first, _, second in pairs)


def vocabulary() -> dict[str, int]:
    """Number of each of the 49 408 tokens."""
    from transformers.convert_slow_tokenizer import bytes_to_unicode

    letters = list(bytes_to_unicode().values())
    pieces = [*letters, *(letter + "</w>" for letter in letters), *("".join(pair) for pair in merges())]
    return {piece: number for number, piece in enumerate([*pieces, START, END])}


def tokenizer(padding: str = END, length: int = 77) -> CLIPTokenizer:
    """CLIP's tokenizer.

    Parameters
    ----------
    padding : str
        Token that fills up a short prompt: the end mark in CLIP ViT-L, ``"!"`` in OpenCLIP.
    length : int
        Tokens of a prompt, both marks included.
    """
    from transformers import CLIPTokenizer

    pairs: Any = list(merges())  # pairs as they are; the annotation of the class names only lines of text
    return CLIPTokenizer(vocab=vocabulary(), merges=pairs, model_max_length=length, pad_token=padding)
