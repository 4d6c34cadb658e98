"""Prompts' embeddings as a table to choose; babel wakes only when somebody asks for them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from lab.engine import EngineFullError
from lab.jobs import Job
from lab.tables import Table
from lab.views import linked, page, pipelines

WORD = "prompts"
COLLECTIONS = {
    "dictionary": "babel's dictionary",
    "path": "a morph's path",
    "cloud": "a cloud of variations",
}
POLL = 0.5  # seconds


def table() -> Table | None:
    """The chosen collection of prompts, embedded by the engine's worker; None while it works."""
    kind = linked.choice(st.selectbox, "Prompts", COLLECTIONS, "prompts")
    try:
        job = pipelines.engine().submit(
            pipelines.visitor(), f"tabulate babel {kind}", _work(kind), expected=8.0
        )
    except EngineFullError as error:
        page.complain(str(error))
        return None
    if not job.over:
        st.fragment(_wait, run_every=POLL)(job)
        return None
    if job.error or not job.items:
        raise ValueError(job.error or "The work was given up: choose the table again.")
    return job.items[-1]


def on_axes(prompts: Table, k: int = 8) -> Table:
    """The same rows by their k principal scores: single coordinates of an embedding mean nothing."""
    from lab.similarity import decompose

    X = prompts.matrix()
    scores = decompose(X, min(k, *X.shape)).scores
    return replace(
        prompts, columns={f"axis {i}": column for i, column in enumerate(np.asarray(scores).T, start=1)}
    )


def python(kind: str) -> str:
    """Python that embeds the same prompts."""
    return f"""from lab.diffusion import load
from lab.diffusion.tabulate import tabulate

*_, table = tabulate(load("babel"), "{kind}")"""


def _work(kind: str):
    models = pipelines.models()

    def work(ticket):
        from lab.diffusion.tabulate import tabulate

        for item in tabulate(models.fetch("babel"), kind):
            if ticket.cancelled:
                return
            if isinstance(item, Table):
                yield item
            else:
                ticket.progress(*item)

    return work


def _wait(job: Job) -> None:
    """How far the worker is; the page is drawn anew when it is done."""
    if job.over:
        st.rerun()
    st.progress(job.fraction, text="babel reads the prompts …")
