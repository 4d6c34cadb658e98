"""A prompt as the text encoder reads it: pieces of words between a start mark, an end mark and padding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lab.diffusion.anatomy.pieces import Token

if TYPE_CHECKING:
    from lab.diffusion.model import Model

WORD_ENDS = "</w>"


def read(model: Model, prompt: str) -> tuple[tuple[Token, ...], str]:
    """Tokens of ``prompt`` as the model reads them, and the end of the prompt that is cut off."""
    tokenizer = model.tokenizer
    ids = tokenizer(prompt, add_special_tokens=False, verbose=False).input_ids
    room = tokenizer.model_max_length - 2
    unknown = set(model.unknown_words(prompt))
    words = spell(tokenizer, ids[:room], unknown)
    start, end = tokenizer.bos_token_id, tokenizer.eos_token_id
    padding = tokenizer.pad_token_id
    marked = [Token(start, "", "start"), *words, Token(end, "", "end")]
    marked += [Token(padding, "", "padding")] * (room - len(words))
    return tuple(marked), tokenizer.decode(ids[room:]).strip()


def spell(tokenizer, ids: list[int], unknown: set[str]) -> list[Token]:
    """Tokens of the words alone; a piece with the mark ``</w>`` ends its word."""
    pieces = tokenizer.convert_ids_to_tokens(ids)
    numbers, word = [], 0
    for piece in pieces:
        numbers.append(word)
        word += piece.endswith(WORD_ENDS)
    texts = [tokenizer.decode([each]).strip() or "·" for each in ids]
    whole = {
        number: tokenizer.decode([id_ for id_, at in zip(ids, numbers, strict=True) if at == number]).strip()
        for number in set(numbers)
    }
    return [
        Token(id_, text, "word", number, whole[number].lower() not in unknown)
        for id_, text, number in zip(ids, texts, numbers, strict=True)
    ]
