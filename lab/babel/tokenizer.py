"""babel's tokenizer: byte-level byte-pair encoding in CLIP's order, learnt from the illustrator's captions.

Vocabulary order (the one every CLIP reader expects): 256 bytes, the same 256 bytes closing a word, the
merges, two specials. A word outside the captions therefore falls into smaller pieces, at worst into
bytes, and never into an unknown token. Source: Radford et al. 2021, "Learning Transferable Visual Models
From Natural Language Supervision"; Sennrich et al. 2016.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import CLIPTokenizer
from transformers.convert_slow_tokenizer import bytes_to_unicode

LENGTH = 32
START, END = "<|startoftext|>", "<|endoftext|>"


def learn_merges(captions: Iterable[str], size: int = 1400) -> list[tuple[str, str]]:
    """Learn the byte pairs to merge, most frequent first (at most `size` symbols)."""
    learner = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    learner.normalizer = normalizers.Lowercase()
    learner.pre_tokenizer = pre_tokenizers.Whitespace()
    learner.train_from_iterator(
        captions,
        trainers.BpeTrainer(vocab_size=size, end_of_word_suffix="</w>", show_progress=False, min_frequency=2),
    )
    merges = json.loads(learner.to_str())["model"]["merges"]
    return [tuple(pair) for pair in merges]


def make_tokenizer(merges: list[tuple[str, str]]) -> CLIPTokenizer:
    """Make a CLIP tokenizer of 32 positions from learnt merges."""
    symbols = list(bytes_to_unicode().values())
    symbols += [symbol + "</w>" for symbol in symbols]
    symbols += list(dict.fromkeys(a + b for a, b in merges))
    vocabulary = {symbol: i for i, symbol in enumerate([*symbols, START, END])}
    pairs: Any = merges  # pairs as they are; the annotation of the class names only lines of text
    return CLIPTokenizer(vocab=vocabulary, merges=pairs, model_max_length=LENGTH)


def save_tokenizer(tokenizer: CLIPTokenizer, merges: list[tuple[str, str]], folder: Path) -> None:
    """Save in the new format and in the one older readers look for (vocab.json, merges.txt)."""
    tokenizer.save_pretrained(folder)
    (folder / "vocab.json").write_text(json.dumps(tokenizer.get_vocab(), ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges))


def tokenize(tokenizer: CLIPTokenizer, captions: list[str]):
    """Return token ids, int64 tensor of shape (n, 32), padded with the end token as Stable Diffusion does."""
    return tokenizer(
        captions, padding="max_length", truncation=True, max_length=LENGTH, return_tensors="pt"
    ).input_ids
