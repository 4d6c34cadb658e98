"""The documents tell the truth of this repository: links lead somewhere, ticks name tests, commands exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)[^)]*\)")
TICK = re.compile(r"^- \[x\] (?P<feature>.+?) · (?P<proof>.+)$", re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document):
    targets = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    lost = [link for link in targets if not (document.parent / link).exists()]
    assert lost == []


def test_every_ticked_feature_names_its_test():
    text = (ROOT / "docs/features.md").read_text(encoding="utf-8")
    assert text.count("- [x]") == len(TICK.findall(text)), "a tick without a test behind the dot"
    for feature, proof in TICK.findall(text):
        for path, _, function in re.findall(r"(tests/[\w/]+(\.py)?)(?:::(\w+))?", proof):
            assert (ROOT / path).exists(), f"{feature}: {path} is not there"
            if function:
                tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
                assert function in {getattr(node, "name", "") for node in tree.body}, f"{feature}: {function}"


def test_the_readme_names_only_words_of_the_makefile():
    words = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(
        re.findall(r"\bmake ([a-z]+)\b(?=\s*(?:#|`|$))", (ROOT / "README.md").read_text(), re.MULTILINE)
    )
    assert {"run", "test"} <= named <= words


def test_the_readme_names_only_modules_that_exist():
    modules = set(re.findall(r"-m ((?:lab|tests|benchmarks)[.\w]*)", (ROOT / "README.md").read_text()))
    for module in modules:
        stem = ROOT.joinpath(*module.split("."))
        assert stem.with_suffix(".py").is_file() or (stem / "__main__.py").is_file(), module


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "constraints.txt"])
def test_every_version_is_pinned_and_the_pins_agree(name):
    pins = {}
    for file in (name, "constraints.txt"):
        for line in (ROOT / file).read_text().splitlines():
            if line and not line.startswith(("#", "-")):
                package, exact, version = line.partition("==")
                assert exact, f"{file}: {line} has no exact version"
                assert pins.setdefault(package.lower(), version) == version, (
                    f"{package} differs between files"
                )
