"""axe-core in every room, by day at a desk and by night on a phone; every figure is told in numbers."""

import re
from pathlib import Path

import axe_playwright_python
import pytest

from lab.catalog import open_rooms

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
NO_LETTERS = re.compile(r"\W+")
GRAVE = {"serious", "critical"}
# Streamlit's navigation has a <div> for each section between its <ul> and the <li>s: no page can mend that.
# The inside of a plotly figure is thousands of marks that axe does not judge: FIGURES asks for its words.
SPARED = ["[data-testid=stSidebarNavItems]", ".main-svg"]
ROOMS = ["/", *(f"/{room.word}" for room in open_rooms())]
VIEWS = [
    *(f"/similarity?step={step}" for step in ("matrix", "duality", "centring", "kernels", "real")),
    *(f"/communities?view={view}" for view in ("why", "others", "phase", "spectra", "steps", "rows")),
    *(f"/roshambo?room={room}" for room in ("listen", "against", "tournament")),
    *(f"/reading?shelf={shelf}" for shelf in ("course", "glossary", "references")),
    "/shuffling?walk=circle&places=12&stay=never",
    "/librarian?mode=refine",
    "/anatomy?tour=1",
]
LOOKS = [
    *((address, "light-desk") for address in ROOMS),
    *((address, "dark-phone") for address in (*ROOMS, *VIEWS)),
]
LOOK = """async ([rules, spared]) => {
    const asked = { runOnly: rules, resultTypes: ["violations"] };
    const found = await axe.run({ exclude: spared }, asked);
    return found.violations.map(one => [one.impact, one.id, one.nodes.map(node => node.html.slice(0, 200))]);
}"""
EVERYWHERE = """
    const inside = root => [...root.querySelectorAll("*")].filter(node => node.shadowRoot);
    const roots = root => [root, ...inside(root).flatMap(node => roots(node.shadowRoot))];
    const all = selector => roots(document).flatMap(root => [...root.querySelectorAll(selector)]);
    return %s;
"""  # components have a tree of their own
FIGURES = """all("[data-testid=stPlotlyChart], .chart > svg").map(figure => {
    const told = figure.closest("[aria-label]") ?? figure.querySelector("[aria-label]");
    return told?.ariaLabel ?? "";
})"""
CUT = """all(".main-svg, .chart > svg text").filter(drawn => {
    const place = drawn.closest("[data-testid=stPlotlyChart], .chart").getBoundingClientRect();
    const { left, right } = drawn.getBoundingClientRect();
    return left < place.left - 1 || right > place.right + 1;
}).map(drawn => drawn.textContent.slice(0, 80))"""
SILENT = "[...document.images].filter(image => !image.alt).map(image => image.src)"


def ask(visitor, expression):
    """What an expression is, with elements of components in reach."""
    return visitor.page.evaluate("() => {" + EVERYWHERE % expression + "}")


def findings(visitor):
    """What is wrong: violations, a picture without words, a figure without numbers, layout, formulas."""
    visitor.page.evaluate(AXE)
    wrong = [found for found in visitor.page.evaluate(LOOK, [RULES, SPARED]) if found[0] in GRAVE]
    wrong += [f"no words for {source}" for source in visitor.page.evaluate(SILENT)]
    wrong += [f"no number in {told!r}" for told in ask(visitor, FIGURES) if not re.search(r"\d", told)]
    wrong += [f"wider than its figure: {told}" for told in ask(visitor, CUT)]
    wrong += [f"{visitor.sideways()} pixels wider than the window"] * (visitor.sideways() > 0)
    return [*wrong, *visitor.page.locator(".katex-error").all_inner_texts(), *visitor.errors()]


@pytest.mark.parametrize(("address", "look"), LOOKS)
def test_a_page_has_nothing_grave(passer_by, address, look):
    visitor = passer_by(dark="dark" in look, phone="phone" in look).open(address).see_pictures()
    visitor.picture(f"{NO_LETTERS.sub('-', address).strip('-') or 'home'}-{look}")
    assert findings(visitor) == []
