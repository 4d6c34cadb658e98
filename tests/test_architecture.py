"""The rooms and what may be said in them (docs/architecture.md), read from the source with ``ast``."""

import ast
import functools
import re
import statistics
import subprocess
from pathlib import Path

import pytest

from lab import catalog

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"torch", "torchvision", "diffusers", "transformers", "tokenizers", "accelerate"}
DRAWING = {"plotly", "matplotlib", "altair", "seaborn"}
SCIENCE = {"scipy", "sklearn", "networkx", "joblib"}
SCIENCES = {path.stem for path in (ROOT / "lab").iterdir()}
EXPERIMENTS = ("diffusion", *(each.word for each in catalog.EXPERIMENTS if each.word in SCIENCES))
TOLD_LINES = {"function": 60, "module": 200, "page": 100}
PRINTING = ("lab/cli", "lab/__main__", "lab/commands/", "lab/babel/")


def python_files(*rooms: str) -> list[Path]:
    """List the Python files of the given rooms (a room is a file or a folder under the root)."""
    found = [ROOT / room if room.endswith(".py") else ROOT / room / "**/*.py" for room in rooms]
    return sorted({path for pattern in found for path in ROOT.glob(str(pattern.relative_to(ROOT)))})


def name(path: Path) -> str:
    """Name a file the way a reader does: from the root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def syntax(path: Path) -> ast.Module:
    """Parse a file once for all rules."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


def module_of(path: Path) -> str:
    """Dotted name of a file of the project: ``lab/figures/style.py`` is ``lab.figures.style``."""
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


def imported(node: ast.AST, path: Path) -> set[str]:
    """Dotted modules an import statement asks for: ``from lab import x`` names ``lab`` and ``lab.x``."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if not isinstance(node, ast.ImportFrom):
        return set()
    base = node.module or ""
    if node.level:
        package = (
            module_of(path).split(".") if path.name == "__init__.py" else module_of(path).split(".")[:-1]
        )
        stem = package[: len(package) - node.level + 1]
        base = ".".join([*stem, base] if base else stem)
    return {base} | {f"{base}.{alias.name}" for alias in node.names}


def imports(path: Path, lazy: bool = True) -> set[str]:
    """Everything a file imports; without ``lazy`` only what is imported when the file itself is."""
    nodes = ast.walk(syntax(path)) if lazy else at_import_time(syntax(path).body)
    return set().union(*(imported(node, path) for node in nodes))


def at_import_time(body: list[ast.stmt]):
    """Yield the statements that importing a module executes: none inside functions or ``TYPE_CHECKING``."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        for field in ("body", "orelse", "finalbody"):
            yield from at_import_time(getattr(node, field, []) or [])
        for handler in getattr(node, "handlers", []):
            yield from at_import_time(handler.body)


def packages(modules: set[str]) -> set[str]:
    """Top-level package of each dotted module."""
    return {module.split(".")[0] for module in modules}


def inside(modules: set[str], *rooms: str) -> set[str]:
    """The modules that lie in one of the dotted rooms."""
    return {
        module for module in modules if any(module == room or module.startswith(f"{room}.") for room in rooms)
    }


def room_of(path: Path) -> str:
    """Tell which row of the table a file belongs to."""
    if (
        path.name == "Home.py"
        or path.is_relative_to(ROOT / "pages")
        or path.is_relative_to(ROOT / "lab/views")
    ):
        return "page"
    return "figure" if path.is_relative_to(ROOT / "lab/figures") else "science"


HOUSE = python_files("Home.py", "pages", "lab")


def for_each(files: list[Path]):
    """Decorator of a rule for one file: a test of all of them, which says everything that breaks the rule.

    One test for each file and rule were 6000 tests, and a minute of their keeping.
    """

    def decorate(rule):
        def test():
            broken = []
            for path in files:
                try:
                    rule(path)
                except AssertionError as found:
                    broken.append(f"{name(path)}: {found}")
            assert files
            assert not broken, "\n".join(broken)

        test.__name__, test.__doc__ = rule.__name__, rule.__doc__
        return test

    return decorate


each_file = for_each(HOUSE)


@each_file
def test_a_room_says_only_its_own_words(path):
    never = {
        "page": HEAVY | DRAWING | SCIENCE,
        "figure": HEAVY | SCIENCE | {"streamlit", "random"},
        "science": {"streamlit"} | DRAWING,
    }[room_of(path)]
    said = packages(imports(path)) & never
    assert not said, f"{name(path)} is a {room_of(path)} and says {sorted(said)}"


@each_file
def test_arrows_point_down_only(path):
    above = {"page": ("pages", "Home"), "figure": ("pages", "Home", "lab.views")}.get(
        room_of(path), ("pages", "Home", "lab.views", "lab.figures")
    )
    if path.is_relative_to(ROOT / "lab/views"):
        above = ("pages", "Home")
    if name(path) == "Home.py":
        above = ("pages",)
    # an export or the command line may draw, but never the science it calls
    if name(path).startswith(("lab/cli", "lab/__main__", "lab/commands/")):
        above = ("pages", "Home", "lab.views")
    found = inside(imports(path), *above)
    assert not found, f"{name(path)} looks up to {sorted(found)}"


@pytest.mark.parametrize("word", EXPERIMENTS)
def test_experiments_never_import_each_other(word):
    others = [f"lab.{other}" for other in EXPERIMENTS if other != word]
    for path in python_files(f"lab/{word}.py", f"lab/{word}"):
        found = inside(imports(path), *others)
        assert not found, (
            f"{name(path)} imports another experiment: {sorted(found)}; give what they share its own noun"
        )


def source_of(module: str) -> Path | None:
    """File of a project module, or None for a foreign one."""
    stem = ROOT.joinpath(*module.split("."))
    return next((path for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.is_file()), None)


def reached_on_opening(path: Path) -> dict[str, str]:
    """Foreign packages imported by opening a file, each with the project file that asks for it."""
    waiting, seen, reached = [path], set(), {}
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for module in imports(current, lazy=False):
            parts = module.split(".")
            parents = {source_of(".".join(parts[: i + 1])) for i in range(len(parts))} - {None}
            waiting.extend(parents)
            if not parents:
                reached.setdefault(parts[0], name(current))
    return reached


OPENED = python_files("Home.py", "pages", "lab/views", "lab/catalog.py", "lab/engine.py", "lab/cli.py")


@for_each(OPENED)
def test_a_page_opens_in_a_blink(path):
    slow = {package: asker for package, asker in reached_on_opening(path).items() if package in HEAVY}
    assert not slow, f"opening {name(path)} imports {slow}; import it inside the function that needs it"


def test_the_engine_knows_no_page_and_no_tensor():
    reached = set(reached_on_opening(ROOT / "lab/engine.py"))
    assert not reached & (HEAVY | DRAWING | {"streamlit", "numpy"})


def functions(path: Path) -> list[tuple[str, int]]:
    """Name and length in lines (docstring not counted) of every function in a file."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.name, told_lines(node)) for node in ast.walk(syntax(path)) if isinstance(node, kinds)]


def told_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring."""
    first = node.body[0]
    docstring = ast.get_docstring(node, clean=False) is not None
    return node.end_lineno - node.lineno + 1 - (first.end_lineno - first.lineno + 1 if docstring else 0)


@each_file
def test_functions_are_short(path):
    long = {function: lines for function, lines in functions(path) if lines > TOLD_LINES["function"]}
    assert not long, f"{name(path)}: {long}; a function has at most {TOLD_LINES['function']} lines"


def test_nine_functions_in_ten_are_under_forty_lines():
    lines = [length for path in HOUSE for _, length in functions(path)]
    assert statistics.median(lines) <= 16
    assert statistics.quantiles(lines, n=10)[-1] <= 40


@each_file
def test_modules_are_short(path):
    budget = TOLD_LINES["page" if path.parent == ROOT / "pages" or path.name == "Home.py" else "module"]
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= budget, f"{name(path)} has {length} lines, the budget is {budget}: split it by noun"


@each_file
def test_a_module_begins_by_saying_what_it_is(path):
    assert path.name == "__init__.py" and not syntax(path).body or ast.get_docstring(syntax(path)), name(path)


@each_file
def test_names_say_what_happens(path):
    vague = {"run", "process", "handle", "do", "utils", "helpers", "misc"}
    defined = {function for function, _ in functions(path)}
    assert path.stem not in vague and not defined & vague, f"{name(path)}: {sorted(defined & vague)}"


def calls(path: Path) -> list[ast.Call]:
    """Every call in a file."""
    return [node for node in ast.walk(syntax(path)) if isinstance(node, ast.Call)]


@each_file
def test_the_core_prints_nothing(path):
    if name(path).startswith(PRINTING):
        return
    printing = [call.lineno for call in calls(path) if getattr(call.func, "id", "") == "print"]
    assert not printing, f"{name(path)} prints in lines {printing}; yield it and let the caller say it"


EVERYTHING = python_files("Home.py", "pages", "lab", "tests", "benchmarks")


@for_each(EVERYTHING)
def test_no_code_is_made_from_data(path):
    unsafe = packages(imports(path)) & {"pickle", "cPickle", "dill", "shelve", "marshal", "cloudpickle"}
    for call in calls(path):
        spoken = getattr(call.func, "id", "")
        words = {keyword.arg: getattr(keyword.value, "value", None) for keyword in call.keywords}
        unsafe |= {spoken} & {"eval", "exec", "compile", "__import__"}
        unsafe |= {"shell=True"} if words.get("shell") is True else set()
        unsafe |= {"allow_pickle=True"} if words.get("allow_pickle") is True else set()
        unsafe |= {"trust_remote_code"} if words.get("trust_remote_code") is True else set()
        if ast.unparse(call.func) == "torch.load" and words.get("weights_only") is not True:
            unsafe |= {"torch.load without weights_only=True"}
    assert not unsafe, f"{name(path)} uses {sorted(unsafe)}"


@each_file
def test_no_page_writes_raw_html(path):
    raw = [word.lineno for call in calls(path) for word in call.keywords if word.arg == "unsafe_allow_html"]
    assert not raw, f"{name(path)} allows unsafe HTML in lines {raw}"


@each_file
def test_colours_live_in_one_place(path):
    if room_of(path) == "science" or name(path) == "lab/figures/style.py":
        return
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"[\"'](?:#[0-9a-fA-F]{3,8}|rgba?\([^\"']*\))[\"']", text)
    assert not found, f"{name(path)} names the colours {found}; colours live in lab/figures/style.py"


@functools.cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the repository, or nothing outside a checkout."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(path for path in (ROOT / entry for entry in listed.split("\0") if entry) if path.is_file())


def test_the_repository_names_no_machine():
    machine = re.compile(
        r"(?<![\w.~/-])/(?:ro[o]t|wo[r]k|ho[m]e/\w+|Us[e]rs/\w+|tm[p]|op[t])/\w|[A-Z]:\\\\?Us[e]rs|inde[x]-url|p[y]pi\.org"
    )
    for path in tracked():
        body = path.read_bytes()
        if b"\0" in body[:4096]:
            continue
        found = machine.search(body.decode("utf-8", errors="replace"))
        assert not found, f"{name(path)} names {found.group()!r}, which belongs to one machine"


def test_the_checkout_stays_small():
    sizes = {name(path): path.stat().st_size for path in tracked()}
    assert max(sizes.values(), default=0) <= 30e6, max(sizes, key=sizes.get)
    assert sum(sizes.values()) <= 56e6, (
        f"the checkout has {sum(sizes.values()) / 1e6:.0f} MB, the limit is 56"
    )
