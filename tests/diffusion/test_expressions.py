"""The calculator's language: any text is a tree or one sentence, and a tree means what numpy means."""

import ast
import math

import numpy as np
import pytest
import torch
from diffusers import DDPMScheduler
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter1d

from lab import compute
from lab.diffusion.latents import calculator, syntax
from lab.diffusion.latents.expression import CHARACTERS_MOST, parse
from lab.diffusion.latents.functions import FUNCTIONS
from lab.diffusion.latents.tokens import ExpressionError

NAMES = ("a", "b", "c")
CHANNELS, HEIGHT, WIDTH, FACTOR, SEED = 4, 6, 8, 8, 11
SCHEDULE = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear")
PICTURES = {
    name: torch.randn((CHANNELS, HEIGHT, WIDTH), generator=compute.generator(number), dtype=torch.float64)
    for number, name in enumerate(NAMES)
}
SPACE = calculator.Space(PICTURES, 1, FACTOR, SCHEDULE.alphas_cumprod.double(), SEED)


def spaced(*parts):
    """The parts of an expression with any blanks between them."""
    return st.tuples(*(st.just(p) if isinstance(p, str) else p for p in parts)).flatmap(
        lambda found: st.lists(st.sampled_from(["", " "]), min_size=len(found), max_size=len(found)).map(
            lambda gaps: "".join(gap + piece for gap, piece in zip(gaps, found, strict=True))
        )
    )


def numbers(low=0.0, high=3.0):
    return st.floats(low, high).map(lambda value: f"{value:.3f}")


def pictures():
    """Expressions that make a picture, as text."""
    signs = st.sampled_from("+-*")

    def grown(inner):
        return st.one_of(
            spaced("-", "(", inner, ")"),
            spaced("(", inner, signs, inner, ")"),
            spaced(numbers(), "*", "(", inner, ")"),
            spaced("(", inner, ")", "/", numbers(0.5)),
            spaced("(", inner, ")", "-", "-", numbers()),
            spaced("mean(", inner, ",", inner, ",", inner, ")"),
            spaced("lerp(", inner, ",", inner, ",", numbers(), "- 1 )"),
            spaced("slerp(", inner, ",", inner, ",", numbers(0, 1), ")"),
            spaced("blur(", inner, ",", numbers(1, 20), ")"),
            spaced("mirror(", inner, ")"),
            spaced("turn(", inner, ")"),
            spaced("shift(", inner, ",", numbers(0, 1), ", -", numbers(0, 1), ")"),
            spaced("beside(", inner, ",", inner, ",", numbers(0, 1), ")"),
            spaced("above(", inner, ",", inner, ",", numbers(0, 1), ")"),
            spaced("abs(", inner, ")"),
            spaced(st.sampled_from(["min(", "max("]), inner, ",", inner, ")"),
            spaced("noise(", inner, ",", numbers(0, 1), ",", "7", ")"),
            spaced("(", inner, ")", "[", st.sampled_from(["0", "3", "0, 2", "3, 1"]), "]"),
        )

    return st.recursive(st.sampled_from(NAMES), grown, max_leaves=5).filter(
        lambda text: len(text) <= CHARACTERS_MOST
    )


SIGNS = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.USub: np.negative,
    ast.UAdd: np.positive,
}


def by_numpy(node):
    """The value of an expression by Python's own parser and numpy: another route all the way."""
    match node:
        case ast.Expression(body):
            return by_numpy(body)
        case ast.Constant(value):
            return value
        case ast.Name(letter):
            return PICTURES[letter].numpy()
        case ast.UnaryOp(sign, of):
            return SIGNS[type(sign)](by_numpy(of))
        case ast.BinOp(left, sign, right):
            return SIGNS[type(sign)](by_numpy(left), by_numpy(right))
        case ast.Subscript(of, channels):
            kept = np.zeros((CHANNELS, 1, 1))
            kept[list(np.atleast_1d(ast.literal_eval(channels)))] = 1
            return by_numpy(of) * kept
        case ast.Call(ast.Name(function), arguments):
            return MEANT[function](*map(by_numpy, arguments))
    raise AssertionError(ast.dump(node))


@np.errstate(invalid="ignore")
def great_circle(a, b, t):
    u, v = a.ravel() / np.linalg.norm(a), b.ravel() / np.linalg.norm(b)
    angle = math.acos(np.clip(u @ v, -1, 1))
    return (math.sin((1 - t) * angle) * a + math.sin(t * angle) * b) / math.sin(angle)


def filtered(a, radius):
    deviation = radius / FACTOR
    for axis in (1, 2):
        a = gaussian_filter1d(a, deviation, axis, mode="nearest", radius=math.ceil(4 * deviation))
    return a


def under_noise(a, level, seed):
    step = round(level * 1000) - 1
    noise = torch.randn(a.shape, generator=compute.generator(seed)).double()
    if step < 0:
        return a
    return SCHEDULE.add_noise(torch.from_numpy(a.copy())[None], noise[None], torch.tensor([step]))[0].numpy()


MEANT = {
    "mean": lambda *a: sum(a) / len(a),
    "lerp": lambda a, b, t: (1 - t) * a + t * b,
    "slerp": great_circle,
    "blur": filtered,
    "mirror": lambda a: a[:, :, ::-1],
    "turn": lambda a: a[:, ::-1, ::-1],
    "shift": lambda a, x, y: np.roll(np.roll(a, round(y * HEIGHT), 1), round(x * WIDTH), 2),
    "beside": lambda a, b, s: np.concatenate([a[:, :, : round(s * WIDTH)], b[:, :, round(s * WIDTH) :]], 2),
    "above": lambda a, b, s: np.concatenate([a[:, : round(s * HEIGHT)], b[:, round(s * HEIGHT) :]], 1),
    "abs": np.abs,
    "min": np.minimum,
    "max": np.maximum,
    "noise": under_noise,
}


def test_every_function_has_its_second_route():
    assert set(MEANT) == set(FUNCTIONS)


@settings(max_examples=80, deadline=None)
@given(pictures())
def test_an_expression_means_what_python_and_numpy_mean(text):
    meant = by_numpy(ast.parse(text.strip(), mode="eval"))
    if not np.isfinite(meant).all() or np.abs(meant).max() > 1e5:
        return  # a great circle between parallel pictures, or numbers that the calculator cuts
    found = calculator.calculate(parse(text, NAMES), SPACE).numpy()
    np.testing.assert_allclose(found, meant, rtol=1e-6, atol=1e-6 * max(1, np.abs(meant).max()))


@settings(max_examples=60, deadline=None)
@given(pictures())
def test_a_tree_is_written_so_that_it_reads_the_same(text):
    tree = parse(text, NAMES)
    assert parse(str(tree), NAMES) == tree
    assert set(syntax.letters(tree)) <= set(NAMES)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text("abc ()[],.+-*/0123456789lerpmean", max_size=60)))
def test_any_text_is_a_tree_or_one_sentence_with_its_place(text):
    try:
        tree = parse(text, NAMES)
    except ExpressionError as refusal:
        said = str(refusal)
        assert said.startswith(f"Character {refusal.at}: ") and said.endswith(".") and len(said) < 240
        assert 1 <= refusal.at <= len(text) + 1
    else:
        assert calculator.calculate(tree, SPACE).shape == (CHANNELS, HEIGHT, WIDTH)


@settings(max_examples=40, deadline=None)
@given(pictures(), st.data())
def test_a_cut_expression_never_means_more_than_it_says(text, data):
    cut = text[: data.draw(st.integers(0, len(text)))]
    try:
        parse(cut, NAMES)
    except ExpressionError as refusal:
        assert refusal.at <= len(cut) + 1
    else:
        assert cut.count("(") == cut.count(")")


SENTENCES = {
    "": (1, "write one over the pictures, for example -a"),
    "a +": (4, "the expression ends where a picture, a number or a bracket is missing"),
    "a b": (3, "'b' is one too many"),
    "z - a": (1, "there is no picture 'z'; there are a, b, c"),
    "a % b": (3, "'%' means nothing here"),
    "lerp(a, b)": (1, "lerp is written lerp(a, b, t)"),
    "lerp": (1, "lerp wants brackets"),
    "sharpen(a)": (1, "there is no function 'sharpen'; there are mean, lerp"),
    "__import__(a)": (1, "'_' means nothing here"),
    "a.shape": (2, "'.' means nothing here"),
    "a / b": (3, "a picture cannot divide"),
    "a / (2 - 2)": (3, "divides by 0"),
    "2 + 3": (1, "the result is a number, 5"),
    "(a + b": (7, "')' is missing for the '(' at character 1"),
    "a[1.5]": (3, "a channel is a whole number"),
    "a[": (3, "a channel is a whole number"),
    "3[0] + a": (2, "a number has no channels"),
    "noise(a, 2)": (10, "the level of noise is 2, but it must be from 0 to 1"),
    "blur(a, 0 - 1)": (11, "the radius of blur is -1"),
    "1000000 * 10 * a": (9, "a number has to stay within 1000000"),
    "(" * 60 + "a" + ")" * 60: (25, "nested more than 24 deep"),
    "a+" * 400 + "a": (300, "has 801 characters, the limit is 300"),
    "mean()": (6, "there is ')'"),
    "mean(a, 2)": (1, "mean is written"),
}


@pytest.mark.parametrize("text", SENTENCES, ids=lambda text: text[:20] or "nothing")
def test_a_mistake_gets_its_place_and_its_mend(text):
    at, said = SENTENCES[text]
    with pytest.raises(ExpressionError) as refusal:
        parse(text, NAMES)
    assert refusal.value.at == at and said in str(refusal.value)


@pytest.mark.parametrize(
    "typed, plain", [("a − b", "a - b"), ("2×a", "2 * a"), ("0.5·a", "0.5 * a"), ("a÷2", "a / 2")]
)
def test_typographic_signs_are_signs(typed, plain):
    assert parse(typed, NAMES) == parse(plain, NAMES)


def test_channels_of_a_picture_add_up_to_it():
    whole = parse(" + ".join(f"a[{channel}]" for channel in range(CHANNELS)), NAMES)
    assert torch.equal(calculator.calculate(whole, SPACE), PICTURES["a"])


def test_a_channel_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no channel 5; there are 0 to 3"):
        calculator.calculate(parse("a[5]", NAMES), SPACE)


def test_each_noise_of_an_expression_is_another_one_and_always_the_same():
    def made(text):
        return calculator.calculate(parse(text, NAMES), SPACE)

    assert torch.equal(made("noise(a, 0.5)"), made("noise(a, 0.5)"))
    assert (made("noise(a, 0.5) - noise(a, 0.5)").std() > 0.5).item()
    assert torch.equal(made("noise(a, 0.5)"), made(f"noise(a, 0.5, {SEED})"))


@pytest.mark.parametrize("level", [0.001, 0.2, 0.5, 1.0])
def test_noise_is_the_schedulers_own(level):
    step = calculator.timestep(level, 1000)
    clean, noise = PICTURES["a"].float(), PICTURES["b"].float()
    stock = SCHEDULE.add_noise(clean[None], noise[None], torch.tensor([step]))[0]
    assert torch.equal(calculator.diffused(clean, noise, level, SCHEDULE.alphas_cumprod), stock)


def test_shifted_pixels_move_by_whole_latent_positions():
    latents = torch.arange(4.0).reshape(1, 1, 4)
    pixels = latents.repeat_interleave(8, -1)
    tree = parse("shift(a, 0.3, 0)", ("a",))
    signal = SCHEDULE.alphas_cumprod
    moved = calculator.calculate(tree, calculator.Space({"a": pixels}, 8, 8, signal))
    there = calculator.calculate(tree, calculator.Space({"a": latents}, 1, 8, signal))
    assert torch.equal(moved, there.repeat_interleave(8, -1))
