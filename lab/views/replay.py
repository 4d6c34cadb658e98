"""Bring a picture back: a file that was made here sets the controls, or is rendered again and compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from lab import catalog, imports, profile
from lab.diffusion import replay
from lab.diffusion.spec import Sampling
from lab.views import model_choice, pipelines, sampling, saying, stage, wishes

STATE = st.session_state
MODEL = {"morph": "morph model"}  # keys of the choice of a model that are not the usual one
CARRIED = "brought back"  # a room and a spec on their way to it
Put = Callable[[Sampling], None]


def arrive(word: str, put: Put) -> None:
    """Set the controls to what a file brought here from another room; before the widgets are made."""
    if STATE.get(CARRIED, ("",))[0] == word:
        settle(put, STATE.pop(CARRIED)[1])


def keep_own(brought: replay.Brought) -> None:
    """Pictures that travel in a recipe of the latents room join those of the session."""
    STATE.setdefault("latents own", {}).update(brought.own)


def settle(put: Put, spec: Sampling) -> None:
    """Set all controls of a room, those of the sampling included."""
    put(spec)
    sampling.put(spec)


def offer(word: str, put: Put) -> None:
    """Show the fold that takes a file back.

    Parameters
    ----------
    word : str
        Of the room.
    put : callable
        Sets the room's controls to a spec.
    """
    with st.expander("Bring a picture back", icon=":material/history:"):
        st.caption(
            "Every file that is made here carries its recipe. Bring one back, from this room or another, and "
            "it can be opened again, changed, or checked bit by bit."
        )
        limit = min(imports.BYTES_MOST // 2**20, profile.current().upload)
        file = st.file_uploader(
            f"PNG, WebP, GIF, MP4 or ZIP, at most {limit} MB; it stays in this session",
            list(imports.ENDINGS),
            key=f"{word} replay file",
            max_upload_size=limit,
        )
        if file is not None:
            with saying.sentences():
                show(word, replay.bring(file.getvalue()), put)


def show(word: str, brought: replay.Brought, put: Put) -> None:
    """Say what a file holds, and what one may do with it."""
    st.markdown(described(brought))
    keep_own(brought)
    spec = wishes.reopened(brought.spec)
    name = f"replay {brought.digest}"
    if brought.experiment == word and spec.model != (here := model_choice.chosen(MODEL.get(word, "model"))):
        st.caption(saying.plain(f"The page is set to {here}; setting it to the file takes {spec.model}."))
    with st.container(horizontal=True, vertical_alignment="center"):
        if brought.experiment == word:
            how: dict[str, Any] = {"on_click": settle, "args": (put, spec), "icon": ":material/tune:"}
            st.button("Set the page to it", key=f"{word} replay set", **how)
        else:
            room = catalog.by_word(brought.experiment)
            if st.button(f"Open it in {room.title}", key=f"{word} replay go", icon=room.icon):
                STATE[CARRIED] = (room.word, spec)
                st.switch_page(room.page)
        if st.button(
            "Render it again and compare", key=f"{word} replay render", icon=":material/difference:"
        ):
            again(name, brought)
    if stage.current(name):
        stage.polled(name, partial(draw, name, brought))


def described(brought: replay.Brought) -> str:
    """What a file says of itself."""
    recipe, title = brought.recipe, catalog.by_word(brought.experiment).title
    count = len(brought.prints)
    frames = f" of {count} frames" if count > 1 else ""
    model = recipe.get("model")
    weights = str(model.get("hash", "unknown"))[:16] if isinstance(model, dict) else "unknown"
    device = str(recipe.get("device", "a device it does not name"))[:60]
    told = f"made by {brought.spec.model} (weights {weights}) on {device}, seed {brought.spec.seed}."
    return f"**{title}**{frames}, {saying.plain(told)}"


def again(name: str, brought: replay.Brought) -> None:
    """Hand the rendering to the engine."""
    spec = pipelines.complete(brought.spec)
    calls = pipelines.network_calls(spec, max(1, len(set(brought.prints))))

    def render(model, spec, cancelled, progress):
        from lab.diffusion.recipe import recipe
        from lab.diffusion.verdict import check, conditions

        rendered = list(replay.render(model, brought, cancelled, progress))
        if not cancelled():
            yield check(brought, rendered)
            yield conditions(brought, recipe(brought.experiment, model, spec))

    seconds = pipelines.models().expect(spec.model, calls)
    stage.submit(name, spec, pipelines.work(spec, 0, render), seconds)


def draw(name: str, brought: replay.Brought, render: stage.Render) -> None:
    """Show how far it is, or what came out."""
    if render.live:
        stage.progress(name)
    elif len(render.items) < 2:
        stage.end(name, 2)
    else:
        tell(brought, *render.items)


def tell(brought: replay.Brought, checks: tuple, differing: list[str]) -> None:
    """The verdict, frame by frame, and what is not as it was."""
    from lab.diffusion.verdict import verdict

    equal = bool(checks) and all(check.equal for check in checks)
    box = st.success if equal else st.info
    box(verdict(checks), icon=":material/verified:" if equal else ":material/difference:")
    if differing:
        st.caption(saying.plain(f"Not as it was when the file was made: {'; '.join(differing)}."))
    elif not equal:
        st.caption(
            "Model, device, number type and versions are those of the recipe, so the pictures should be "
            "equal: the file was changed after it was made."
        )
    changed = [check.difference for check in checks if not check.difference.equal]
    if changed and equal:
        least, most = min(d.psnr for d in changed), max(d.psnr for d in changed)
        st.caption(
            f"The fingerprints in the recipe say so. The pixels in the file itself went through its format: "
            f"PSNR {least:.1f} to {most:.1f} dB."
        )
    elif not equal and len(checks) > 1:
        rows = [f"frame {number}: {said(check)}" for number, check in enumerate(checks, start=1)]
        st.caption(" · ".join(rows[:200]))


def said(check) -> str:
    """One frame in a word."""
    return "bit-equal" if check.equal else f"{check.difference.psnr:.1f} dB"
