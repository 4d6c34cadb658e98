"""Step 6: real tables; and the choice of a table, which steps 2 and 3 share."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import streamlit as st

from lab.figures import similarity as figures
from lab.figures.similarity.steps import rebuilt
from lab.similarity import steps
from lab.tables import Groups, Table
from lab.views import linked, page, prompts, tables, working
from lab.views.similarity.taken import Taken

WORDS = ("iris", "wine", "digits", "breast_cancer", "penguins", "rings", "gas")
STANDARD = ("wine", "breast_cancer", "penguins", "gas")  # of different units: standardised unless told
DIGITS = 64
LARGE = 3_000_000  # numbers in a table beyond which the page does not wait for the answer
FEATURES = "features"
MATHEMATICS = r"""
**How many axes?** Shuffle every column on its own: each keeps its values, nothing is left in common. An
axis is kept while its variance, and that of all before it, beats the 95 % quantile of the same axis in
shuffled tables (Buja and Eyuboglu 1992, after Horn 1965). **Biplot**: a point is a row of $U S$, an arrow a
row of $V$, all arrows stretched alike. $X = U S V^{\mathsf T}$, so the product of point and arrow is the
sample's value of that variable as far as two axes know it, and the samples' shadows on an arrow stand in the
order of their values (Gabriel 1971). **Standardised** columns have mean zero and variance one, and $C / n$ is
the correlation matrix.
"""


@dataclass(frozen=True, eq=False)
class Asked:
    """A table without gaps, as samples, with its groups, and the Python and the arguments that fetch it."""

    table: Table
    X: np.ndarray
    groups: Groups
    colour: str | None
    code: str
    flags: list[str]


def ask() -> Asked | None:
    """Choose a table, its columns, a way with gaps and a scale; None while there is no table yet."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = tables.choose(WORDS)
        if chosen is None:
            return None
        word = st.session_state["data"]
        standard = linked.switch("Standardise columns", word in (*STANDARD, tables.OWN), f"standard {word}")
    names = list(chosen.columns)
    if word == tables.OWN:
        names = st.multiselect("Columns", names, names, key=FEATURES)
    if not names:
        raise ValueError("No column is chosen: choose at least one.")
    mended = tables.mend(chosen, names)
    if constant := mended.constant():
        st.caption(f"The same in every row, so they add nothing: {tables.listed(constant)}.")
    code, flags = _fetched(word, chosen, names, standard)
    mended = mended.standardised() if standard else mended
    colour = tables.colouring(chosen)
    if colour and len(chosen.texts) > 1:
        flags = [*flags, "--colour", colour]
    return Asked(mended, mended.matrix(), mended.groups(colour), colour, code, flags)


def _fetched(word: str, chosen: Table, names: list[str], standard: bool) -> tuple[str, list[str]]:
    """Python and arguments that fetch the table and mend it in the same way."""
    code, flags = tables.python(word), tables.flags(word)
    gaps, all_ = bool(chosen.gaps(names).any()), names == list(chosen.columns)
    way = st.session_state.get(tables.MISSING_KEY, "drop")
    if gaps or not all_:
        columns = "list(table.columns)" if all_ else repr(names)
        code += f"\ntable = table.mended({columns}, {way!r})"
        flags = [*flags, *([] if all_ else ["--columns", *names]), *(["--missing", way] if gaps else [])]
    if standard:
        code, flags = f"{code}\ntable = table.standardised()", [*flags, "--standardise"]
    return code, flags


def show() -> Taken | None:
    """Spectrum, scores, loadings, a digit rebuilt."""
    asked = ask()
    if asked is None:
        return None
    most = min(*asked.X.shape, DIGITS)
    k = linked.number("Axes, k", 1, most, min(3, most), "k real")
    result, sample = _analysed(asked.X, k), None
    if result is None:
        return None
    choices: dict[str, Any] = {"colour": asked.colour, "view": _kind(result.found.scores.shape[1])}
    _spectrum(asked, result)
    drawn = figures.draw(result, asked.table, page.colours(), **choices)
    if "scores" in drawn:
        alt = f"{len(result.X)} samples on their first principal axes, coloured by group."
        alt += " Arrows show in which direction each variable grows." * (choices["view"] == "biplot")
        page.figure(drawn["scores"], f"scores {choices['view']}", alt)
    else:
        st.caption("One axis is all there is: choose more columns to see a plane.")
    if st.session_state["data"] == "digits":
        sample = _digit(result)
    st.markdown(MATHEMATICS)
    shown = "scores" if "scores" in drawn else "scree"
    choices["sample"] = sample
    flags = [*asked.flags, "--k", str(k), "--view", choices["view"]]
    flags += [] if sample is None else ["--sample", str(sample)]
    ask_ = f"analyse(table.matrix(), {k})"
    return Taken("real", result, asked.code, ask_, shown, flags, asked.table, choices)


def _analysed(X: np.ndarray, k: int) -> steps.Analysed | None:
    """The analysis; that of a large table is left to the worker, and None until it is there."""
    if X.size <= LARGE:
        return steps.analyse(X, k)
    key = f"analyse {blake2b(X.tobytes()).hexdigest()} {X.shape} {k}"
    return working.finished(key, lambda ticket: iter([steps.analyse(X, k)]), "The axes are being found …")


def _kind(axes: int) -> str:
    if axes < 2:
        return "plane"
    kinds = ("biplot", "plane", "space")[: 3 if axes > 2 else 2]
    default = "plane" if st.session_state["data"] == prompts.WORD else kinds[0]
    return linked.choice(st.segmented_control, "View", kinds, "view", default=default, required=True)


def _spectrum(asked: Asked, result: steps.Analysed) -> None:
    drawn = figures.draw(result, colours=page.colours(), view="plane")
    left, right = st.columns(2)
    with left:
        first = result.found.explained_variance[0]
        told = f"Explained variance of each axis, {first:.3g} by the first, and of shuffled tables as a line."
        page.figure(drawn["scree"], "scree", told)
    with right:
        share = result.found.explained_variance_ratio[: result.k].sum()
        told = f"Share of the variance that the first axes explain together: {result.k} explain {share:.1%}."
        page.figure(drawn["cumulative"], "cumulative", told)
    axes = result.chance.axes
    read = "" if result.read == len(asked.X) else f" Spectrum and shuffles read {result.read} of the rows."
    st.caption(
        f"{len(asked.X)} samples, {asked.X.shape[1]} features, by the route “{result.found.route}”. "
        f"{axes} {'axis beats' if axes == 1 else 'axes beat'} {steps.SHUFFLES} shuffled tables." + read
    )


def _digit(result: steps.Analysed) -> int | None:
    """A digit rebuilt; returns which."""
    if st.session_state.get("standard digits"):
        st.caption("Without standardising, a digit can be rebuilt here from its axes.")
        return None
    sample = linked.number("Which digit", 0, len(result.X) - 1, 5, "sample")
    pictures = rebuilt(result, sample)
    drawn = figures.draw_digit(pictures, page.colours())
    page.figure(drawn, "digit", f"A digit, and the same from {result.k} axes.")
    back = result.found.rebuild(result.k)[sample]
    error = float(np.sqrt(((back - result.X[sample]) ** 2).mean()))
    st.caption(f"{result.k} numbers and the axes instead of {DIGITS}: error {error:.2f} of 16 levels.")
    return sample
