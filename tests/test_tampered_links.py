"""Bent links through the real pages: each shows its title and answers in words; junk is shown as text.

``LATENT_LIBRARY_LINKS=2000 python -m pytest tests/test_tampered_links.py`` opens two thousand of them.
"""

import os
import re
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.views import page, pipelines
from tests import tampered
from tests.diffusion import tiny

LINKS = int(os.environ.get("LATENT_LIBRARY_LINKS", "110"))
FACTS = {"steps": 2, "guidance": 1.0, "scheduler": "ddim"}
PATIENCE = 120
HEAVY = {"communities": 0.4, "circles": 0.3, "roshambo": 0.5}  # of the share of a room
MARKDOWN = {"body", "label", "help", "caption", "captions", "content", "text", "options"}
VERBATIM = {"code", "text", "selectbox", "multiselect", "arrow_data_frame", "json"}  # shown as it is
LIVE = re.compile(
    r"(?<!\\)\]\(http|(?<!\\)<(?:script|img|a )|(?:https?://|www\.)nowhere|(?<!\\):material/delete"
    r"|(?<!\\):red|(?<!\\)\$\\*frac|^# Title|^\|-\|",
    re.MULTILINE,
)


@pytest.fixture(scope="module", autouse=True)
def house(tmp_path_factory):
    """A tiny pipeline in babel's place, and one visitor whose unfinished work can be given up."""
    with (
        tiny.in_babels_place(tmp_path_factory.mktemp("babel"), FACTS, "a cat"),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(pipelines, "visitor", lambda: "a stranger")
        yield


def shown(proto, kind):
    """Every text of an element that is read as Markdown, label and help of widgets included."""
    for field, value in proto.ListFields():
        several = value if field.is_repeated else [value]
        for each in several:
            if field.type == field.TYPE_MESSAGE and field.message_type.GetOptions().map_entry is False:
                yield from shown(each, kind)
            elif field.type == field.TYPE_STRING and field.name in MARKDOWN:
                if kind not in VERBATIM or field.name in ("label", "help"):
                    yield each


def faults(link):
    """What is wrong with the page of a link."""
    app = AppTest.from_file(str(catalog.by_word(link.word).page), default_timeout=PATIENCE)
    app.session_state[page.ENTERED] = True
    for name, values in link.query.items():
        app.query_params[name] = values
    app.run()
    if link.number % 4 == 0:  # as after the next click
        app.run()
    pipelines.leave("a stranger")
    found = [f"{each.message}: {each.stack_trace[-1:]}" for each in app.exception]
    if [title.value for title in app.title] != [catalog.by_word(link.word).title]:
        found.append("no title")
    found += [warning.value for warning in app.warning if "Traceback" in warning.value]
    for element in app.main:
        proto = getattr(element, "proto", None)
        if proto is not None and hasattr(proto, "ListFields"):
            found += [
                f"{element.type} {text[:300]!r}" for text in shown(proto, element.type) if LIVE.search(text)
            ]
    return found


def share(word):
    """How many links a room gets."""
    weights = {each: HEAVY.get(each, 1.0) for each in tampered.words()}
    return max(1, round(LINKS * weights[word] / sum(weights.values())))


@pytest.mark.parametrize("word", tampered.words())
def test_bent_links_open_the_room_and_show_junk_as_the_text_it_is(word):
    wrong = {}
    for link in tampered.tampered(word, share(word)):
        if found := faults(link):
            wrong[f"{link.number}: {word}?{urlencode(link.query, doseq=True)[:400]}"] = found
    assert not wrong, "\n".join(f"{address}\n    {found}" for address, found in wrong.items())


@pytest.mark.parametrize(
    ("word", "query"),
    [
        ("anatomy", {"versus": ["guidance"], "steps": ["9" * 400], "guidance": ["nan"]}),
        (
            "mix",
            {"p": ["a portrait of Iris", "x](http://nowhere.example) [", ":red[y]", "a cat"], "parts": ["8"]},
        ),
    ],
)
def test_links_that_once_broke_a_page_do_so_no_more(word, query):
    assert faults(tampered.Tampered(word, 1, query)) == []


def test_the_fuzzer_knows_every_room_and_makes_the_same_links_again():
    assert set(tampered.RULES) == set(tampered.words())
    once, again = (list(tampered.tampered("morph", 40)) for _ in range(2))
    assert once == again and len({str(link.query) for link in once}) > 30
