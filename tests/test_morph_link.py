"""A morph as link, as Python and as command line; bent links are told, never fatal."""

import ast
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.diffusion import spec as limits
from lab.diffusion.spec import MorphSpec
from lab.views import morph_link

DEFAULT = MorphSpec(("a street", "a forest"))
prompts = st.text(min_size=1, max_size=60).filter(str.strip)


def morphs():
    """Morphs within all limits."""
    return st.builds(
        MorphSpec,
        prompts=st.lists(prompts, min_size=2, max_size=16).map(tuple),
        frames=st.integers(1, 30),
        loop=st.sampled_from(sorted(limits.LOOPS)),
        seed=st.integers(0, 2**64 - 1),
        steps=st.none() | st.integers(1, 50),
        guidance=st.none() | st.floats(0, 30).map(lambda x: round(x, 2)),
        scheduler=st.none() | st.sampled_from(sorted(limits.SCHEDULERS)),
        negative=st.text(max_size=30),
        interpolation=st.sampled_from(limits.INTERPOLATIONS),
    )


@given(morphs())
def test_a_link_holds_the_whole_state(spec):
    assert morph_link.from_query(morph_link.to_query(spec), DEFAULT) == (spec, "")


@given(
    st.dictionaries(st.sampled_from(["p", *morph_link.RULES]), st.lists(st.text(max_size=50), max_size=20))
)
def test_any_link_gives_a_morph_that_can_be_rendered(query):
    spec, told = morph_link.from_query(query, DEFAULT)
    spec.validate()
    assert "\n" not in told or any("\n" in text for texts in query.values() for text in texts)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"seed": ["-1"]}, "seed = -1"),
        ({"seed": [str(2**64)]}, f"seed = {2**64}"),
        ({"frames": ["0"]}, "frames = 0"),
        ({"frames": ["10000"]}, "frames = 10000"),
        ({"steps": ["many"]}, "steps = many"),
        ({"guidance": ["nan"]}, "guidance = nan"),
        ({"loop": ["spiral"], "scheduler": ["magic"]}, "loop = spiral, scheduler = magic"),
        ({"negative": ["x" * 10_001]}, "10001 characters"),
        ({"p": ["alone"]}, "one prompt"),
        ({"p": ["a"] * 50}, "50 prompts, the limit is 16"),
        ({"p": ["a", " "]}, "Prompt 2 is empty"),
        ({"p": ["a", "b" * 10_001]}, "10001 characters"),
        ({"p": ["a"] * 16, "frames": ["120"]}, "600"),
        ({"scheduler": ["lcm"], "steps": ["100"]}, "50"),
    ],
)
def test_what_is_wrong_with_a_link_is_said(query, said):
    spec, told = morph_link.from_query(query, DEFAULT)
    assert said in told and len(told) < 400
    spec.validate()


def test_what_is_right_in_a_bent_link_is_kept():
    spec, _ = morph_link.from_query(
        {"p": ["x", "y"], "seed": ["7"], "frames": ["-3"], "zebra": ["1"]}, DEFAULT
    )
    assert (spec.prompts, spec.seed, spec.frames) == (("x", "y"), 7, 16)


@given(morphs())
def test_the_code_says_the_same_morph(spec):
    python, command = morph_link.code(spec)
    tree = ast.parse(python)
    call = next(
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "morph"
    )
    said = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    listed = next(node.value for node in tree.body if ast.unparse(node).startswith("prompts ="))
    assert MorphSpec(tuple(ast.literal_eval(listed)), **said) == spec
    words = shlex.split(command)
    assert [words[i + 1] for i, word in enumerate(words) if word == "--prompt"] == list(spec.prompts)


@pytest.mark.parametrize(("text", "seed"), [("0", 0), (" 42 ", 42), (str(2**64 - 1), 2**64 - 1)])
def test_a_seed_is_read_from_what_is_typed(text, seed):
    assert morph_link.seed_of(text) == seed


@pytest.mark.parametrize("text", ["", "-1", "1.5", "seven", str(2**64), "1e3", "∞", "9" * 5000])
def test_a_seed_that_is_none_gets_a_sentence(text):
    with pytest.raises(ValueError, match=r"^The seed is .{1,60}, but it must be a whole number"):
        morph_link.seed_of(text)
