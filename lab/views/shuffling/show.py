"""The figures of a walk: its distance, its step and its spectrum, its law, the same walk in other sizes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import streamlit as st

from lab.figures import shuffling as figures
from lab.shuffling import WALKS, Mixing, mixing_time
from lab.views import page
from lab.views.shuffling import knobs, told
from lab.views.shuffling.knobs import Asked

LARGE = 1e4
SURE = 1e-9
FAMILY = lru_cache(maxsize=16)(figures.draw_family)  # most of the figures stay while the steps are turned
LAW = lru_cache(maxsize=64)(figures.draw_law)
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def distance(asked: Asked) -> None:
    """Exact distance and bound, and the numbers after the steps that are looked at."""
    found, step = asked.found, asked.step
    first, second, third = st.columns(3)
    exact = f"{found.laws.distance[step]:.3f}" if found.laws else "unknown"
    first.metric(f"Distance after {step}", exact, border=True)
    second.metric("The lemma's bound", _short(found.bound[step]), border=True)
    mixed = mixing_time(found.known)
    third.metric("Mixed after", _or_never(mixed), border=True, help=_mixed_help(found))
    drawn = figures.draw_distance(found, step, asked.logarithmic, page.colours())
    sentence = _sentence(found, step)
    page.figure(drawn, "distance", sentence, sentence)
    if found.spec.period > 1:
        st.info(told.NEVER[found.spec.walk], icon=":material/all_inclusive:")


def _mixed_help(found: Mixing) -> str:
    """By which measure."""
    return f"Steps until {'the distance' if found.laws else 'the bound'} is at most 1/4."


def _short(value: float) -> str:
    """A bound as one reads it."""
    if value < LARGE:
        return f"{value:.3f}"
    digits, power = f"{value:.0e}".split("e+")
    return f"{digits} · 10{str(int(power)).translate(RAISED)}"


def _sentence(found: Mixing, step: int) -> str:
    """The figure in words."""
    kind, spec = WALKS[found.spec.walk], found.spec
    where = f"{kind.title}, {kind.size.lower()}: {spec.size}. After {step} of {found.steps} steps"
    if found.laws is None:
        return (
            f"{where} the distance is at most {_short(found.bound[step])} by the lemma, which says nothing "
            f"above 1; the bound is below 1/4 after {mixing_time(found.bound)}. "
            "Exact ones are here up to 30, and for 52."
        )
    promised = mixing_time(found.bound)
    promise = "never promises that" if promised is None else f"promises it after {promised}"
    mixed = mixing_time(found.laws.distance)
    falls = "never falls below 1/4" if mixed is None else f"falls to 1/4 after {mixed}"
    return (
        f"{where} the exact distance is {found.laws.distance[step]:.3f}, at most {_short(found.bound[step])} "
        f"by the lemma. It {falls}; the lemma {promise}."
    )


def heard(asked: Asked) -> None:
    """The law of one step beside the spectrum, the law after many beside the same walk in other sizes."""
    if asked.found.laws is None:
        left, right = st.columns(2, gap="medium")
        with left:
            _spectrum(asked)
        with right:
            _family(asked.found)
        return
    for step, key, beside in (
        (1, "step", lambda: _spectrum(asked)),
        (asked.step, "law", lambda: _family(asked.found)),
    ):
        left, right = st.columns(2, gap="medium")
        with left:
            st.markdown("**One step**" if key == "step" else f"**{_steps(step)}**")
            _law(asked.found, step, key)
        with right:
            beside()


def _steps(step: int) -> str:
    """A number of steps in words."""
    return f"After {step} step" + "s" * (step != 1)


def _spectrum(asked: Asked) -> None:
    st.markdown("**The Fourier transform of a step**")
    sentence = _spectrum_sentence(asked.found, asked.step)
    drawn = figures.draw_spectrum(asked.found, asked.step, page.colours())
    page.figure(drawn, "spectrum", sentence, sentence)


def _spectrum_sentence(found: Mixing, step: int) -> str:
    """Which characters are the loudest, in a step and after many."""
    heard = found.spectrum
    loud = np.abs(heard.values)[1:]
    slowest = f"Every part but the trivial one shrinks to {loud.max():.4f} or less a step."
    if found.spec.period > 1:
        slowest = f"{(loud > 1 - SURE).sum()} of the parts, besides the trivial one, never shrink."
    if not heard.normal:
        return f"{slowest} Dimensions are shown by colour; norms are no powers of these eigenvalues."
    terms = heard.terms(np.array([step]))[0]
    terms[0] = 0
    place, share = heard.places[terms.argmax()], terms.max() / max(terms.sum(), 1e-300)
    return f"{slowest} {_steps(step)} the largest dot, at {place}, makes {share:.0%} of the lemma's sum."


def _family(found: Mixing) -> None:
    st.markdown("**Small and large, each on its own clock**")
    spec = found.spec
    members = knobs.relatives(spec.walk, spec.stay)
    drawn = FAMILY(tuple(members), found, page.colours())
    times = ", ".join(f"{each.spec.size}: {_or_never(mixing_time(each.known))}" for each in members)
    bold = f"{spec.size}, as above" if found.laws else f"the bound of {spec.size}"
    sentence = f"{WALKS[spec.walk].size} and steps until mixed: {times}. Bold: {bold}."
    page.figure(drawn, "family", sentence, sentence)


def _or_never(step: int | None) -> str:
    """A number of steps, or that there is none."""
    return "never" if step is None else str(step)


def _law(found: Mixing, step: int, key: str) -> None:
    """A law as bars beside the uniform one."""
    laws = found.laws
    assert laws is not None, "the exact law is not known here"
    seen, whole = abs(laws.shares[step] - laws.even).sum() / 2, laws.distance[step]
    what = laws.axis if laws.axis == "place" else f"number of {laws.axis}"
    rest = f", the whole laws {whole:.3f}" if abs(whole - seen) > 5e-4 else ""
    sentence = f"Bars: the law of the {what}; line: the uniform law. They are {seen:.3f} apart{rest}."
    page.figure(LAW(found, step, page.colours()), key, sentence, sentence)
