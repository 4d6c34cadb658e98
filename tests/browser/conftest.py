"""Fixtures of the browser tests: one server and one browser for all of them, a fresh visitor for each."""

import re
from functools import cache, partial

import pytest

from tests.browser import chromium, house
from tests.browser.visitor import enter

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items):
    """Everything in this folder is a browser test."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


VISITORS = pytest.StashKey[list]()
TOLD = 3000  # characters of the server's log and of the page that are shown with a failure


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With a failure, keep what the visitor saw and say what the server said."""
    report = yield
    if report.failed and call.when != "teardown":
        for number, visitor in enumerate(item.stash.get(VISITORS, [])):
            word = re.sub(r"\W+", "-", item.name).strip("-")
            report.sections.append(("seen by the visitor", visitor.seen(f"failed-{word}-{number}")[-TOLD:]))
        if app := item.funcargs.get("app"):
            report.sections.append(("said by the server", app.said()[-TOLD:]))
    return report


@pytest.fixture(scope="package")
def app(tmp_path_factory):
    """The whole app on a free port; at the end its log must hold no traceback and no call to the outside."""
    with house.opened(tmp_path_factory.mktemp("house")) as opened:
        yield opened
        assert "Traceback (most recent call last)" not in opened.said(), opened.said()
        assert opened.outbound() == []


@pytest.fixture(scope="package")
def browser():
    """One headless Chromium."""
    with chromium.opened() as opened:
        yield opened


def window(browser, dark=False, phone=False):
    """A window of its own, at a desk or on a phone, by day or by night."""
    return browser.new_context(
        viewport=PHONE if phone else DESK,
        has_touch=phone,
        color_scheme="dark" if dark else "light",
        accept_downloads=True,
    )


def ask_after(visitors):
    """No script of theirs may have failed, none may have called another machine."""
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    strangers = [stranger for visitor in visitors for stranger in visitor.strangers]
    assert complaints == [], "the page's own scripts failed"
    assert strangers == [], "the page called another machine"


@pytest.fixture
def invite(app, browser, request):
    """Function that opens one more tab: ``invite(dark=True, phone=True)``; each is a visitor of its own."""
    contexts, visitors = [], request.node.stash.setdefault(VISITORS, [])

    def invite(**look):
        contexts.append(window(browser, **look))
        visitors.append(enter(contexts[-1], app.url))
        return visitors[-1]

    yield invite
    for context in contexts:
        context.close()
    ask_after(visitors)


@pytest.fixture(scope="package")
def windows(browser):
    """One window of each look, which keeps what it has fetched and compiled; it closes with the browser."""
    return cache(partial(window, browser))


@pytest.fixture
def passer_by(app, windows, request):
    """Function like ``invite`` for those who only look: others used their window before, so it is quick."""
    visitors = request.node.stash.setdefault(VISITORS, [])

    def passer_by(**look):
        visitors.append(enter(windows(**look), app.url))
        return visitors[-1]

    yield passer_by
    for visitor in visitors:
        visitor.page.close()
    ask_after(visitors)


@pytest.fixture
def visitor(invite):
    """One visitor at a desk, in light."""
    return invite()
