"""The pictures of the latents room by their letters: prompts, and what a visitor brought."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lab import profile
from lab.diffusion import folder, uploads
from lab.diffusion.latents.spec import LETTERS, OWN, brought, picture_size
from lab.fingerprints import fingerprint
from lab.views import model_choice, saying, understanding

STATE = st.session_state
KEEP: dict[str, Any] = {"persist_state": "session"}


def own() -> dict:
    """Pictures that this visitor brought, by digest, at the model's size."""
    return STATE.setdefault("latents own", {})


def add(picture: str = "") -> None:
    """Append a picture."""
    letter = LETTERS[STATE["latents count of pictures"]]
    STATE[f"latents {letter}"] = picture
    STATE["latents count of pictures"] += 1


def take_out(number: int) -> None:
    """Remove one picture; those behind it move up."""
    count = STATE["latents count of pictures"]
    for index in range(number, count - 1):
        STATE[f"latents {LETTERS[index]}"] = STATE[f"latents {LETTERS[index + 1]}"]
    STATE["latents count of pictures"] = count - 1


def rows() -> None:
    """Show the pictures by their letters, a prompt or what was brought, and how to have one more."""
    count = STATE["latents count of pictures"]
    for number, letter in enumerate(LETTERS[:count]):
        name = brought(STATE[f"latents {letter}"])
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", wrap=False):
            if name:
                shown = own().get(name)
                if shown is not None:
                    st.image(shown, width=56, alt=f"The picture {letter} that you brought.")
                st.markdown(f"**{letter}**: a picture that was brought")
            else:
                st.text_input(f"Picture {letter}", key=f"latents {letter}", **KEEP)
            st.button(
                ":material/close:",
                key=f"latents remove {letter}",
                help=f"Take picture {letter} out",
                type="tertiary",
                disabled=count == 1,
                on_click=take_out,
                args=(number,),
            )
        understanding.remark("" if name else STATE[f"latents {letter}"], model_choice.chosen())
    full = count == len(LETTERS)
    how: dict[str, Any] = {"type": "tertiary", "disabled": full, "on_click": add}
    st.button("Add a prompt", icon=":material/add:", key="latents add", **how)
    if not full:
        bring()


def bring() -> None:
    """Let a visitor bring a picture; it stays in the session and is never written to a disk."""
    with st.expander("Bring a picture of your own", icon=":material/add_photo_alternate:"):
        number = STATE.setdefault("latents bring", 0)
        limit = min(uploads.BYTES_MOST // 2**20, profile.current().upload)
        file = st.file_uploader(
            f"PNG, JPEG, WebP, GIF or BMP, at most {limit} MB; it stays in this session",
            list(uploads.ENDINGS),
            key=f"latents file {number}",
            max_upload_size=limit,
        )
        if file is None:
            return
        with saying.sentences():
            picture = uploads.read_picture(file.getvalue(), file.name)
            fitted = uploads.fit(picture, picture_size(folder.locate(model_choice.chosen())))
            st.image(fitted, width=160, alt="The middle of your picture, as the model gets it.")
            height, width = picture.shape[:2]
            st.caption(f"The middle of {width} x {height} pixels, as the model gets it.")
            st.button("Take it as a picture", key="latents take", on_click=accept, args=(fitted,))


def accept(picture) -> None:
    """Make a brought picture the next letter, and clear the field for another."""
    name = fingerprint(picture)
    own()[name] = picture
    add(OWN + name)
    STATE["latents bring"] += 1
