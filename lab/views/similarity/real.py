"""Step 6: real tables; and the choice of a table, which steps 2 and 3 share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from lab.figures import similarity as figures
from lab.similarity import Decomposition, decompose, parallel_analysis
from lab.tables import Groups, Table
from lab.views import linked, page, tables

WORDS = ("iris", "wine", "digits", "breast_cancer", "rings", "gas")
STANDARD = ("wine", "breast_cancer", "gas")  # columns in different units: standardised unless told otherwise
MOST_ROWS = 3_000
SHUFFLES = 20
DIGITS = 64
MATHEMATICS = r"""
**How many axes?** Shuffle every column on its own: each keeps its values, nothing is left in common. An
axis is kept while its variance beats the 95 % quantile of the same axis in shuffled tables (Horn 1965;
Buja and Eyuboglu 1992). **Biplot**: a point is a row of $U S$, an arrow a row of $V S / \sqrt{n - 1}$;
the projection of points on an arrow orders the samples by that variable, as far as two axes can know it
(Gabriel 1971). **Standardised** columns have variance one, and $C / (n - 1)$ becomes the correlation
matrix.
"""
CODE = """import numpy as np
from lab.similarity import decompose, parallel_analysis
{table}
X = table.matrix()
found = decompose(X, {k})
print(found.route, found.explained_variance_ratio.cumsum())
print(parallel_analysis(X, np.random.default_rng(0)).axes, "axes beat chance")"""


@dataclass(frozen=True, eq=False)
class Asked:
    """A table without gaps, as samples, with its groups and the Python that fetches it."""

    table: Table
    X: np.ndarray
    groups: Groups
    code: str


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
        names = st.multiselect("Columns", names, names, key="columns")
    if not names:
        raise ValueError("No column is chosen: choose at least one.")
    mended = tables.mend(chosen, names)
    mended = mended.standardised() if standard else mended
    code = tables.python(word) + ("\ntable = table.standardised()" if standard else "")
    return Asked(mended, mended.matrix(), mended.groups(tables.colouring(chosen)), code)


def show() -> str:
    """Spectrum, scores, loadings, a digit rebuilt; the code of the state."""
    asked = ask()
    if asked is None:
        return ""
    most = min(*asked.X.shape, DIGITS)
    k = linked.number("Axes, k", 1, most, 3, "k real")
    found = decompose(asked.X, max(k, min(3, most)))
    _spectrum(asked, found, k)
    _scores(asked, found)
    if len(asked.table.columns) == DIGITS and st.session_state["data"] == "digits":
        _digit(asked, found, k)
    st.markdown(MATHEMATICS)
    return CODE.format(table=asked.code, k=k)


def _spectrum(asked: Asked, found: Decomposition, k: int) -> None:
    X = asked.X[np.linspace(0, len(asked.X) - 1, min(len(asked.X), MOST_ROWS)).astype(int)]
    analysis = parallel_analysis(X, np.random.default_rng(0), SHUFFLES)
    left, right = st.columns(2)
    with left:
        drawn = figures.draw_scree(analysis, page.colours())
        page.figure(
            drawn, "scree", "Explained variance of each axis as bars, and of shuffled tables as a line."
        )
    with right:
        ratio = analysis.eigenvalues / analysis.eigenvalues.sum()
        drawn = figures.draw_cumulative(ratio, k, page.colours())
        page.figure(drawn, "cumulative", "Share of the variance that the first axes explain together.")
    st.caption(
        f"{len(asked.X)} samples, {asked.X.shape[1]} features, by the route “{found.route}”. "
        f"{analysis.axes} axes beat {SHUFFLES} shuffled tables."
    )


def _scores(asked: Asked, found: Decomposition) -> None:
    if found.scores.shape[1] < 2:
        raise ValueError("One axis is all there is: choose more columns to see a plane.")
    kinds = ("biplot", "plane", "space")[: 3 if found.scores.shape[1] > 2 else 2]
    kind = linked.choice(st.segmented_control, "View", kinds, "view", required=True)
    alt = "Samples on their first principal axes, coloured by group."
    if kind == "space":
        drawn = figures.draw_scores_3d(found.scores, asked.groups, page.colours())
    elif kind == "biplot":
        drawn = figures.draw_biplot(found, list(asked.table.columns), asked.groups, page.colours())
        alt += " Arrows show in which direction each variable grows."
    else:
        drawn = figures.draw_scores(
            found.scores, asked.groups, page.colours(), share=found.explained_variance_ratio
        )
    page.figure(drawn, f"scores {kind}", alt)


def _digit(asked: Asked, found: Decomposition, k: int) -> None:
    if st.session_state.get("standard digits"):
        st.caption("Without standardising, a digit can be rebuilt here from its axes.")
        return
    sample = linked.number("Which digit", 0, len(asked.X) - 1, 5, "sample")
    rebuilt = found.rebuild(k)[sample]
    pictures = {"as written": asked.X[sample], f"from {k} axes": rebuilt, "the mean digit": found.mean}
    page.figure(
        figures.draw_digit(pictures, page.colours()), "digit", f"A digit, and the same from {k} axes."
    )
    error = float(np.sqrt(((rebuilt - asked.X[sample]) ** 2).mean()))
    st.caption(f"{k} numbers and the axes instead of {DIGITS}: error {error:.2f} of 16 levels.")
