"""Which of the four shelves one stands at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lab import reading
from lab.views import linked, links
from lab.views.reading import course, essays, glossary, references


@dataclass(frozen=True)
class Shelf:
    """Its word in the link, its title, and what shows it."""

    word: str
    title: str
    show: Callable[[], None]


SHELVES = (
    Shelf("essays", "Essays", essays.show),
    Shelf("course", "Course", course.show),
    Shelf("glossary", "Glossary", glossary.show),
    Shelf("references", "References", references.show),
)
KEYS = ("shelf", "essay", "lesson", "find", "solutions")
RULES: dict[str, links.Rule] = {
    "shelf": links.one_of(*(shelf.word for shelf in SHELVES)),
    "essay": links.one_of(*(essay.word for essay in reading.essays())),
    "lesson": links.one_of(*(lesson.room for lesson in reading.course())),
    "solutions": links.one_of("true", "false"),
}


def choose() -> Shelf:
    """The row of shelves; the link holds where one stands."""
    titles = {shelf.word: shelf.title for shelf in SHELVES}
    how: dict[str, Any] = dict(required=True, label_visibility="collapsed")
    word = linked.choice(st.segmented_control, "Shelves", titles, "shelf", **how)
    return next(shelf for shelf in SHELVES if shelf.word == word)
