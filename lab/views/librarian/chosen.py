"""The picture that was chosen: its call number, what one may do with it, the way to other rooms."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from lab import catalog
from lab.diffusion.librarian.asking import Asked, mode_of
from lab.diffusion.librarian.picture import PictureSpec
from lab.views import files, takeaways
from lab.views.librarian import knobs, way, words
from lab.views.librarian.work import Shown

STATE = st.session_state
BRIDGES = {"morph": "Morph from here", "variations": "Variations of this", "anatomy": "Anatomy of this"}

FAR = ("a forest in fog", "a harbour at dawn")  # where a morph goes that has no second word


def card(shown: Shown, taken: bool = False) -> None:
    """Show what a finished picture is and what one may do with it.

    Parameters
    ----------
    shown : Shown
    taken : bool
        Whether the controls ask for it already.
    """
    spec, image, known = shown.finished()
    st.caption(words.of(spec))
    with st.container(horizontal=True, vertical_alignment="center"):
        if not taken:
            name = "Take this one" if shown.score is None else "Render this one in full"
            how: dict[str, Any] = {"icon": ":material/check:", "on_click": take, "args": (spec,)}
            if st.button(name, key="librarian take", **how):
                st.rerun()
        how = {"icon": ":material/hive:", "on_click": knobs.refine_from, "args": (spec,)}
        if st.button("Refine from here", key="librarian refine", **how):
            st.rerun()
        takeaways.downloads([files.picture("picture", lambda: image, lambda: known)])
    bridges(spec)


def take(spec: PictureSpec) -> None:
    """Put a picture into the controls, and show it."""
    knobs.take_picture(spec)
    way.go()


def bridges(spec: PictureSpec) -> None:
    """Show links that take the picture's prompt, seed and sampling to other rooms."""
    open_words = [word for word in BRIDGES if catalog.by_word(word).page.is_file()]
    with st.container(horizontal=True, vertical_alignment="center"):
        for word in open_words:
            how: dict[str, Any] = {"icon": catalog.by_word(word).icon, "type": "tertiary"}
            st.link_button(BRIDGES[word], bridge(word, spec), key=f"librarian to {word}", **how)
    if spec.moves and open_words:
        st.caption("The other rooms begin at the sentence itself, without the moves.")


def bridge(word: str, spec: PictureSpec) -> str:
    """Relative address of another room in the state that a picture has.

    The morph wants two prompts: it goes to the last word that was walked towards, or to a place far away.
    """
    own = [("prompt", spec.prompt)]
    if word == "morph":
        last = next((move.word for move in reversed(spec.moves) if move.word), "")
        towards = last or next(word for word in FAR if word != spec.prompt)
        own = [("p", spec.prompt), ("p", towards)]
    own.append(("seed", str(spec.seed)))
    for name in ("steps", "guidance", "scheduler", "negative"):
        if value := getattr(spec, name):
            own.append((name, f"{value:g}" if isinstance(value, float) else str(value)))
    return f"{word}?{urlencode(own)}"


def offers(spec: Asked, found: list[Shown], sheet) -> list[takeaways.Download]:
    """Files of many pictures: one sheet, and a ZIP of PNGs with a recipe in each."""
    name = mode_of(spec)
    return [
        takeaways.Download("Sheet (PNG)", f"{name}.png", "image/png", sheet),
        takeaways.Download("ZIP of PNGs", f"{name}.zip", "application/zip", partial(archive, spec, found)),
    ]


def whole(spec: Asked, found: list[Shown]) -> dict:
    """Recipe of everything that was asked for, not of one picture."""
    return found[0].finished()[2] | {"spec": asdict(spec)}


def archive(spec: Asked, found: list[Shown]) -> bytes:
    """ZIP of the pictures, each with its own recipe inside, and the recipe of the whole."""
    from lab.exports import zip

    pieces = [shown.finished() for shown in found]
    own = [recipe for _, _, recipe in pieces]
    return zip([image for _, image, _ in pieces], whole(spec, found), own)
