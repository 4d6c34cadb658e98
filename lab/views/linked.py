"""Widgets whose value stands in the link, by its word and only where it is not the default.

Streamlit's own binding writes what a widget shows, so that a link breaks when a title is mended, and holds on
to its values when the page wants them back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st

STATE = st.session_state
BOUND = "read from the link"  # of each room, the keys whose value comes from the link where there is none
HERE = "room that is shown"
LARGEST = 2**53 - 1  # the browser counts no further


def choice(widget: Callable, label: str, options: Mapping[str, str] | Sequence[str], key: str, **how) -> str:
    """One of some words; the first is the default unless ``default`` is given.

    Parameters
    ----------
    widget : callable
        ``st.selectbox``, ``st.radio`` or ``st.segmented_control``.
    options : mapping of str to str, or sequence of str
        Word to title, or words that are their own titles.
    """
    titles = options if isinstance(options, Mapping) else {word: word for word in options}
    default = how.pop("default", next(iter(titles)))
    _seed(key, default, titles.__contains__)
    word = widget(label, list(titles), format_func=titled(titles), key=key, **how)
    return _tell(key, default, word)


def titled(titles: Mapping[str, str]) -> Callable[[str], str]:
    """What a widget shows of each word: its title."""
    return lambda word: titles.get(word, word)


def number(label: str, low, high, default, key: str, place=st, **how):
    """A number from low to high by a slider; with one possible value nothing is shown."""
    if high <= low:
        return low
    default = min(default, high)
    _seed(key, default, lambda value: low <= value <= high)
    return _tell(key, default, place.slider(label, low, high, key=key, **how))


def switch(label: str, default: bool, key: str) -> bool:
    """Yes or no."""
    _seed(key, default, lambda value: isinstance(value, bool))
    return _tell(key, default, st.toggle(label, key=key))


def text(label: str, default: str, key: str, place=st, field: Callable | None = None, **how) -> str:
    """A line of text, or several with ``field=st.text_area``."""
    _seed(key, default, lambda value: isinstance(value, str))
    return _tell(key, default, (field or place.text_input)(label, key=key, **how))


def optional(label: str, kind: type[int] | type[float], key: str, place=st, **how) -> int | float | None:
    """A number that may be left open; its limits are for the spec to say, so that what was typed stays."""
    bind(key)
    if key not in STATE:
        asked = None if STATE.pop(f"{key} afresh", False) else st.query_params.get(key)
        try:
            value = None if asked is None else kind(asked)
        except ValueError:
            value = None
        STATE[key] = value if value is not None and abs(value) <= LARGEST else None
    return _tell(key, None, place.number_input(label, value=None, step=kind(1), key=key, **how))


def forget(keys: Iterable[str]) -> None:
    """Put widgets back to their defaults, whatever the link says."""
    for key in keys:
        STATE.pop(key, None)
        STATE[f"{key} afresh"] = True
        st.query_params.pop(key, None)


def put(keys: Iterable[str], values: Mapping[str, object]) -> None:
    """Set widgets to values; those of the keys that have none go back to their defaults."""
    forget(keys)
    for key, value in values.items():
        STATE[key] = value
        STATE.pop(f"{key} afresh", None)


def reset(keys: Iterable[str]) -> None:
    """Show a button that puts the widgets of these keys, and the link, back to their defaults."""
    icon = ":material/restart_alt:"
    st.button("Reset", icon=icon, key="reset", type="tertiary", on_click=forget, args=(tuple(keys),))


def enter(word: str) -> None:
    """Note which room is shown from now on."""
    STATE[HERE] = word
    STATE.setdefault(BOUND, {})[word] = set()


def bind(*keys: str) -> None:
    """Note that the link gives these keys of the room their values where they have none."""
    STATE.setdefault(BOUND, {}).setdefault(STATE.get(HERE, ""), set()).update(keys)


def follow(word: str) -> None:
    """Drop what a room has bound, so that it begins again with what the link says."""
    for key in STATE.get(BOUND, {}).pop(word, ()):
        STATE.pop(key, None)
        STATE.pop(f"{key} afresh", None)


def _seed(key: str, default, fits: Callable[[object], bool]) -> None:
    """Give the widget its value before it is made: the one it has, else the link's, else the default."""
    bind(key)
    if key in STATE and fits(STATE[key]):
        return
    text = None if STATE.pop(f"{key} afresh", False) else st.query_params.get(key)
    asked = default if text is None else _read(text, default)
    STATE[key] = asked if fits(asked) else default


def _read(text: str, default):
    """The link's text as a value of the default's kind; the default where it is none."""
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(text, default)
    try:
        return type(default)(text)
    except ValueError:
        return default


def _tell(key: str, default, value):
    """Write the value into the link, or take it out where it is the default."""
    if value != default:
        st.query_params[key] = str(value).lower() if isinstance(value, bool) else str(value)
    elif key in st.query_params:
        del st.query_params[key]
    return value
