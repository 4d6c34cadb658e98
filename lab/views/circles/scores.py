"""What every step of the recipe scores, beside guessing nothing and beside simple rivals."""

from __future__ import annotations

import streamlit as st

from lab.circles import BASELINES, STEPS, EgoNetwork, edit_distance, nothing
from lab.figures import circles as figures
from lab.views import page
from lab.views.circles.knobs import Asked
from lab.views.circles.show import ROMAN, Guess, key_of


@st.cache_data(show_spinner=False, max_entries=64)
def rivals(_ego: EgoNetwork, key: str) -> dict[str, int]:
    """Edits of each baseline."""
    return {
        title: edit_distance(_ego.written, method(_ego.adjacency)) for title, method in BASELINES.values()
    }


def score(asked: Asked, found: Guess) -> None:
    """The score after every step beside that of guessing nothing, and the baselines."""
    truth = asked.ego.circles
    if truth is None:
        st.caption("Nobody wrote circles down here, so there is no score: judge with your own eyes.")
        return
    none, edits = nothing(truth), sum(pair.cost for pair in found.pairs)
    first, second, third = st.columns(3)
    first.metric("Edits from the guess", edits, delta=edits - none, delta_color="inverse", border=True)
    second.metric("Edits from nothing", none, border=True)
    best = min(rivals(asked.ego, key_of(asked)).items(), key=lambda pair: pair[1])
    third.metric("Best simple rival", best[1], border=True, help=best[0])
    scores = [edit_distance(truth, stage.circles) for stage in found.stages]
    shown = [
        (stage, value) for stage, value in zip(found.stages, scores, strict=True) if stage.step != "smooth"
    ]
    drawn = figures.draw_ladder(
        [STEPS[stage.step] for stage, _ in shown],
        [value for _, value in shown],
        [stage.taken for stage, _ in shown],
        none,
        page.colours(),
    )
    told = f"Edits left after each step of the recipe, {edits} at the end; guessing nothing leaves {none}."
    page.figure(drawn, "ladder", told)
    rows = ", ".join(f"{title} {value}" for title, value in rivals(asked.ego, key_of(asked)).items())
    st.caption(f"Simple rivals on the same friends: {rows}.")


def table(asked: Asked, found: Guess) -> None:
    """Every pair of the matching: how many it shares, misses, has too many."""
    if not found.pairs:
        return
    rows = []
    for pair in found.pairs:
        circle = asked.ego.written[pair.truth] if pair.truth is not None else frozenset()
        rows.append(
            {
                "circle": "–" if pair.truth is None else ROMAN[pair.truth],
                "members": len(circle),
                "guessed right": len(circle) - pair.missed,
                "missed": pair.missed,
                "too many": pair.wrong,
                "edits": pair.cost,
            }
        )
    st.dataframe(rows, hide_index=True, key="pairs")
