"""What holds of every file that is brought as text: how large it may be, and how its bytes become letters."""

from __future__ import annotations

BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16, whose letters hold zero bytes


def check_size(body: bytes, name: str, most: int, mend: str) -> None:
    """Raise a `ValueError` of one sentence, ended by ``mend``, where a file has more bytes than ``most``."""
    if len(body) > most:
        raise ValueError(f"{name} has {len(body) / 2**20:.0f} MB, the limit is {most // 2**20} MB: {mend}.")


def check_text(body: bytes, name: str, mend: str) -> None:
    """Raise a `ValueError` of one sentence, which ends with ``mend``, where a file is not text at all."""
    if b"\0" in body[:4096] and body[:2] not in BYTE_ORDER_MARKS:
        raise ValueError(f"{name} is not a text file: {mend}.")


def decoded(body: bytes, name: str) -> str:
    """The letters of a text file: UTF-16 by its mark, else UTF-8, else Latin-1.

    Raises
    ------
    ValueError
        One sentence, where they are none of these.
    """
    for encoding in ("utf-16",) if body[:2] in BYTE_ORDER_MARKS else ("utf-8-sig", "latin-1"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError(f"{name} is not text in a known encoding: save it as UTF-8.")
