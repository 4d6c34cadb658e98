"""The statements of SECURITY.md that no other test proves: uploads, markup, scripts, ways out."""

import ast
import re
import tomllib

import pytest

from tests.test_architecture import HOUSE, ROOT, calls, for_each, imports, name, packages

MEGABYTES_MOST = 64
WAYS_OUT = {"requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib", "telnetlib", "paramiko", "boto3"}
SCRIPTS = sorted((ROOT / "lab/views/components").glob("**/*.js"))


def test_uploads_are_bounded_by_the_server_and_every_uploader_by_it_or_less():
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] <= MEGABYTES_MOST
    uploaders = [
        call for path in HOUSE for call in calls(path) if ast.unparse(call.func).endswith("file_uploader")
    ]
    assert uploaders
    for call in uploaders:
        kinds = [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "type")]
        assert kinds, f"an uploader that takes any kind of file: {ast.unparse(call)}"


@for_each(HOUSE)
def test_markup_comes_from_a_file_of_the_house_or_not_at_all(path):
    for call in calls(path):
        spoken = ast.unparse(call.func)
        words = {word.arg for word in call.keywords}
        assert not words & {"unsafe_allow_html", "unsafe_allow_javascript"}, f"{name(path)}: {spoken}"
        if spoken in ("st.html", "components.html", "st.components.v1.html", "st.iframe"):
            (body,) = call.args
            assert isinstance(body, ast.Name) and body.id.isupper(), (
                f"{name(path)} builds its markup: {spoken}"
            )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_set_text_as_text_and_call_nobody(script):
    text = script.read_text(encoding="utf-8")
    markup = r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc)\b"
    assert not re.search(markup, text), f"{script.name} makes markup"
    assert not re.search(r"\beval\s*\(|new Function|setTimeout\(\s*[\"'`]|javascript:", text)
    text = text.replace("fetch(absolute(", "")  # a file of the page's own server
    assert not re.search(r"\b(fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)", text)


@for_each(HOUSE)
def test_no_module_has_a_way_out_of_its_own(path):
    said = imports(path)
    assert not packages(said) & WAYS_OUT, name(path)
    assert not said & {"urllib.request", "http.client"}, name(path)
    for call in calls(path):
        assert ast.unparse(call.func) not in ("os.system", "os.popen", "subprocess.getoutput"), name(path)


def test_every_test_that_a_document_names_exists():
    for document in ("SECURITY.md", "docs/features.md", "CONTRIBUTING.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for path, function in re.findall(r"(tests/[\w/]+\.py)::(\w+)", text):
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            assert function in {getattr(node, "name", "") for node in tree.body}, (
                f"{document}: {path}::{function}"
            )
