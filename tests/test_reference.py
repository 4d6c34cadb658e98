"""The reference: every page is made without a warning, and every public name says what it takes."""

import inspect
import warnings
from html.parser import HTMLParser

import pytest

from tests.reference import CONTRACT, opened, pages


def public(name: str) -> dict[str, object]:
    """Functions and classes that a module of the contract offers: its ``__all__``, or what it defines."""
    module = opened(name)
    own = [word for word, value in vars(module).items() if getattr(value, "__module__", None) == name]
    words = getattr(module, "__all__", [word for word in own if not word.startswith("_")])
    found = {word: getattr(module, word) for word in words}
    return {
        word: value for word, value in found.items() if inspect.isroutine(value) or inspect.isclass(value)
    }


def takes_arguments(value: object) -> bool:
    """Whether one calls it with arguments of its own; errors are raised, and protocols never called."""
    if inspect.isclass(value) and (issubclass(value, Exception) or getattr(value, "_is_protocol", False)):
        return False
    return bool(inspect.signature(value).parameters)


class Anchors(HTMLParser):
    """The ``id`` of every element of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found |= {value for name, value in attributes if name == "id" and value}


@pytest.mark.parametrize("name", CONTRACT)
def test_every_public_name_says_what_it_is_and_what_it_takes(name):
    offered = public(name)
    assert offered, f"{name} offers nothing"
    silent = [word for word, value in offered.items() if not inspect.getdoc(value)]
    assert silent == [], f"{name}: no docstring"
    untold = [
        word
        for word, value in offered.items()
        if takes_arguments(value)
        and not {"Parameters", "Attributes"} & set((inspect.getdoc(value) or "").splitlines())
    ]
    assert untold == [], f"{name}: the docstring has no Parameters"


def test_every_page_of_the_contract_is_made_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = pages()
    assert set(made) == {f"{name.replace('.', '/')}.html" for name in CONTRACT} | {"index.html", "search.js"}
    for name in CONTRACT:
        assert set(public(name)) <= Anchors(made[f"{name.replace('.', '/')}.html"]).found, name
        assert f"{name.replace('.', '/')}.html" in made["index.html"]
    assert not any("https://" in text and "<script src=" in text for text in made.values()), (
        "fetches a script"
    )
