"""Work of one answer, done by the engine's worker while the page says how far it is."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lab.engine import EngineFullError
from lab.jobs import Job, Work
from lab.views import pipelines, saying, stage

POLL = 0.5  # seconds between two looks


def finished(key: str, work: Work, told: str, expected: float = 8.0) -> Any:
    """The last item of the work of this key; None while the worker is at it: then the page comes back.

    Parameters
    ----------
    key : str
        Says all that the answer depends on; equal keys are computed once.
    told : str
        What stands beside the bar meanwhile.

    Raises
    ------
    ValueError
        Where the work failed or was given up.
    """
    try:
        job = pipelines.engine().submit(pipelines.visitor(), key, work, expected=expected)
    except EngineFullError as error:
        saying.complain(str(error))
        return None
    if not job.over:
        st.fragment(_wait, run_every=POLL)(job, told, [])
        return None
    if job.error or not job.items:
        raise ValueError(job.error or "The work was given up: choose the table again.")
    return job.items[-1]


def _wait(job: Job, told: str, looks: list[None]) -> None:
    """How far the worker is; the page is drawn anew when it is done."""
    stage.once_more(looks, job.over)
    st.progress(job.fraction, text=told)
