"""What each part of the model cost in the run on show, as a table."""

from __future__ import annotations

import streamlit as st

from lab.diffusion.anatomy import Anatomy
from lab.views.anatomy.words import short, span


def show(anatomy: Anatomy) -> None:
    """Show parameters, multiply-adds and measured seconds of every part."""
    parts, recipe = anatomy.finished.parts, anatomy.finished.recipe
    work = sum(part.multiply_adds * part.calls for part in parts)
    rows = [
        {
            "Part": part.name,
            "Parameters": short(part.parameters),
            "Multiply-adds of a call": short(part.multiply_adds),
            "Calls": str(part.calls),
            "Share of the work": f"{100 * part.multiply_adds * part.calls / work:.1f} %",
            "Seconds in this run": span(part.seconds),
        }
        for part in parts
    ]
    with st.expander("What each part costs", icon=":material/speed:"):
        st.table(rows)
        st.caption(
            f"Measured on {recipe['device']} in batches of {recipe['rows']} rows, the time for watching "
            "attention included. Multiply-adds are those of matrix products, convolutions and attention, "
            "counted in this run."
        )
