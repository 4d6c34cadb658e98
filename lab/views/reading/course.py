"""The course: one lesson for each room, with its plan, exercises and solutions."""

from __future__ import annotations

import streamlit as st

from lab import reading, tours
from lab.views import handout, linked
from lab.views.reading.doors import door
from lab.views.reading.essays import MEASURE
from lab.views.takeaways import Download, downloads


def show() -> None:
    """The list of lessons, then the chosen one."""
    lessons = {lesson.room: lesson for lesson in reading.course()}
    titles = {room: f"{n} · {lesson.title}" for n, (room, lesson) in enumerate(lessons.items(), start=1)}
    st.markdown(
        f"{len(lessons)} lessons of {reading.LESSON_MINUTES} minutes, one for each room. Each needs a "
        "projector, a device for two, and paper; the room's tour carries it, its handout has the questions."
    )
    word = linked.choice(st.selectbox, "Lesson", titles, "lesson")
    lesson = lessons[word]
    with st.container(width=MEASURE):
        st.header(titles[word], anchor=False)
        st.markdown(f"**Aim.** {lesson.aim}\n\n**Needs.** {lesson.needs}")
        st.markdown(plan(lesson))
        door(lesson.room, step=1)
        if tours.read(lesson.room):
            handout.offer(lesson.room)
        st.subheader("Exercises", anchor=False)
        solved = linked.switch("Show the solutions", False, "solutions")
        for number, exercise in enumerate(lesson.exercises, start=1):
            st.markdown(f"**{number}.** {exercise.question}")
            if solved:
                st.info(exercise.solution)
    downloads([Download("The whole course (Markdown)", "course.md", "text/markdown", whole)])


def plan(lesson: reading.Lesson) -> str:
    """The plan of a lesson as a table, with the minute at which each part begins."""
    rows, clock = ["| from | minutes | what |", "|---:|---:|---|"], 0
    for minutes, text in lesson.plan:
        rows.append(f"| {clock} | {minutes} | {text} |")
        clock += minutes
    return "\n".join(rows)


def whole() -> bytes:
    """All lessons as one Markdown document, the solutions at its end."""
    parts, ends = [f"# A course in {len(reading.course())} lessons"], ["## Solutions"]
    for n, lesson in enumerate(reading.course(), start=1):
        title = f"{n} · {lesson.title}"
        parts += [f"## {title}", f"Aim: {lesson.aim}", f"Needs: {lesson.needs}", plan(lesson)]
        parts += [f"{n}.{i} {e.question}" for i, e in enumerate(lesson.exercises, start=1)]
        ends += [f"{n}.{i} {e.solution}" for i, e in enumerate(lesson.exercises, start=1)]
    return "\n\n".join([*parts, *ends, ""]).encode()
