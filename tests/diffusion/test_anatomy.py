"""The anatomy: bit-equal to the render, every tensor checked by a second route."""

import numpy as np
import pytest
import torch
from diffusers.models.attention_processor import AttnProcessor
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from lab.diffusion.anatomy import Anatomy, AnatomySpec, Comparison, Pair, compare, files, memory, record
from lab.diffusion.anatomy.attention import Watch, probabilities
from lab.diffusion.anatomy.colours import fit_colours, small_picture
from lab.diffusion.anatomy.memory import kept_bytes
from lab.diffusion.anatomy.pair import apart as distance
from lab.diffusion.spec import SCHEDULERS

PROMPT = "a cat and a dog"


def spec(**changes):
    return AnatomySpec(PROMPT, **{"seed": 7, "steps": 3, "guidance": 3.0, "scheduler": "ddim"} | changes)


def recorded(model, **changes):
    return Anatomy.of(record(model, spec(**changes)))


@pytest.fixture(scope="module")
def anatomy(small):
    return recorded(small)


def rendered(model, asked):
    """The same picture by the plain render."""
    embedding = model.embed([asked.prompt])
    settings = (asked.steps, asked.guidance, asked.scheduler, asked.negative)
    (picture,) = model.render(embedding, asked.seed, *settings)
    return picture


@pytest.mark.parametrize("scheduler, guidance", [*((name, 3.0) for name in SCHEDULERS), ("lcm", 1.0)])
def test_the_recorded_picture_is_bit_equal_to_the_render(small, scheduler, guidance):
    asked = spec(scheduler=scheduler, guidance=guidance, negative="rain")
    assert np.array_equal(Anatomy.of(record(small, asked)).ending.picture, rendered(small, asked))


def test_a_recording_leaves_the_model_as_it_was(small):
    before = dict(small.unet.attn_processors)
    pieces = record(small, spec())
    next(pieces), next(pieces)
    assert small.unet.attn_processors == before  # also in the middle, while the recording waits
    assert not any(module._forward_hooks for module in small.unet.modules())
    pieces.close()


def test_pieces_come_one_by_one_and_a_cancelled_recording_has_no_ending(small):
    told = []
    pieces = list(record(small, spec(steps=5), lambda: len(told) == 2, lambda *at: told.append(at)))
    partial = Anatomy.of(pieces)
    assert len(partial.moments) == 2 and partial.ending is None and told == [(1, 5), (2, 5)]


def test_attention_is_softmax_of_queries_and_keys(small):
    """Against Q K^T / sqrt(d) in numpy, and against what diffusers' own layer does with its probabilities."""
    layer = dict(small.unet.named_modules())["mid_block.attentions.0.transformer_blocks.0.attn2"]
    generator = torch.Generator().manual_seed(1)
    asked = torch.randn((1, 16, layer.to_q.in_features), generator=generator)
    text = small.embed([PROMPT])
    with torch.no_grad():
        found = probabilities(layer, asked, text)
        q, k, v = (f(x)[0].numpy() for f, x in ((layer.to_q, asked), (layer.to_k, text), (layer.to_v, text)))
        out = AttnProcessor()(layer, asked, text)
    heads, depth = layer.heads, q.shape[1] // layer.heads
    split = (part.reshape(len(part), heads, depth).transpose(1, 0, 2) for part in (q, k, v))
    q, k, v = split
    scores = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(depth))
    manual = scores / scores.sum(-1, keepdims=True)
    assert np.allclose(found.numpy(), manual, atol=1e-5) and manual.std() > 1e-3
    mixed = torch.tensor((found.numpy() @ v).transpose(1, 0, 2).reshape(1, len(asked[0]), -1))
    assert torch.allclose(layer.to_out[0](mixed).detach(), out, atol=1e-4)


def test_a_watched_layer_gives_the_very_output_of_its_own_processor(small):
    latents, text = torch.randn((2, *small.latent_shape)), small.embed([PROMPT, "rain"])
    with torch.no_grad():
        plain = small.unet(latents, 500, text, return_dict=False)[0]
        with Watch(True, small.latent_shape[1:]).on(small.unet) as watch:
            watched = small.unet(latents, 500, text, return_dict=False)[0]
    assert torch.equal(plain, watched)
    assert all(torch.allclose(maps.sum(0), torch.ones(()), atol=1e-5) for maps in watch.seen.values())
    assert watch.step().shape == (16, 4, 4)


def test_the_watched_row_is_the_one_with_the_prompt(small):
    """With guidance the batch's first half is the negative prompt: another one changes no map."""
    one, other = recorded(small, steps=1, negative="rain"), recorded(small, steps=1, negative="a dog")
    assert np.array_equal(one.attention, other.attention)
    alone = recorded(small, steps=1, guidance=1.0)
    assert np.allclose(one.attention.astype(float), alone.attention.astype(float), atol=2e-3)


def test_attention_sums_to_one_at_every_position(anatomy):
    total = anatomy.attention.astype(np.float64).sum(axis=1)
    assert total.shape == (3, 4, 4) and np.abs(total - 1).max() < 2e-3
    for layer in anatomy.ending.layers:
        assert np.abs(layer.maps.astype(np.float64).sum(axis=0) - 1).max() < 2e-3


def test_words_share_the_attention_of_their_pieces(anatomy):
    assert [text for text, _ in anatomy.words.values()] == ["a", "cat", "and", "a", "dog"]
    everything = anatomy.looked_at(list(range(16)))
    assert np.allclose(everything, 1, atol=2e-3)
    assert np.allclose(anatomy.looked_at([2]), anatomy.attention[:, 2].astype(np.float32).mean(0))


def test_tensors_follow_from_each_other(small):
    """Each step's latents mix x0 and noise, guidance extrapolates, and the last x0 is what is decoded."""
    anatomy = recorded(small, scheduler="euler")
    for moment in anatomy.moments:
        without, within = (x.astype(np.float32) for x in (moment.unconditional, moment.conditional))
        beyond = without + 3.0 * (within - without)
        assert np.allclose(beyond, moment.prediction.astype(np.float32), atol=0.05)
        noise = np.sqrt(1 - moment.signal**2)
        again = moment.signal * moment.clean.astype(np.float32) + noise * moment.prediction
        assert np.allclose(again, moment.latents.astype(np.float32), atol=0.05)
    first, last = anatomy.moments[0], anatomy.moments[-1]
    assert np.allclose(first.latents, anatomy.opening.noise, rtol=0.01)
    assert np.allclose(last.clean, anatomy.ending.latents, atol=0.01)
    assert anatomy.ending.picture.shape == anatomy.moments[0].picture.shape == (16, 16, 3)


@pytest.mark.parametrize("scheduler, moves", [("ddim", False), ("euler_a", True), ("lcm", True)])
def test_the_generators_state_matters_where_noise_is_added(small, scheduler, moves):
    """Same first latents, another state afterwards: another picture only from samplers that add noise."""
    pair = Comparison(spec(scheduler=scheduler), "step_seed", 8)
    one, other = (Anatomy.of(record(small, each)) for each in (pair.first, pair.second))
    assert np.array_equal(one.moments[0].latents, other.moments[0].latents)
    assert np.array_equal(one.moments[0].prediction, other.moments[0].prediction)
    assert np.array_equal(one.ending.picture, other.ending.picture) != moves


def test_a_pair_tells_where_two_runs_part(small):
    pair = Pair.of(compare(small, Comparison(spec(scheduler="euler_a"), "step_seed", 8)))
    apart = pair.distances("latents")
    assert pair.whole and apart[0] == 0 and min(apart[1:]) > 0.1 and pair.changed > 1
    same = Pair.of(compare(small, Comparison(spec(scheduler="ddim"), "step_seed", 8)))
    assert same.distances("clean") == [0, 0, 0] and same.changed == 0


def test_a_pair_of_other_lengths_meets_at_the_nearest_times(small):
    """PNDM makes one call more than it has steps."""
    pair = Pair.of(compare(small, Comparison(spec(scheduler="ddim"), "scheduler", "pndm")))
    assert len(pair.matched) == 3 and all(abs(a.timestep - b.timestep) <= 1 for a, b in pair.matched)


def test_a_pair_can_be_looked_at_while_it_grows(small):
    pieces = list(compare(small, Comparison(spec(), "guidance", 6.0)))
    assert Pair.of(pieces[:3]).second is None and Pair.of(pieces[:3]).matched == []
    assert len(Pair.of(pieces[:7]).matched) == 3 and not Pair.of(pieces[:7]).whole
    with pytest.raises(ValueError, match="Nothing"):
        Pair.of([])


@pytest.mark.parametrize(
    "kind, other, said",
    [
        ("seed", 1, "prompt, guidance"),
        ("scheduler", "plms", "pndm"),
        ("guidance", -1.0, "0 to 30"),
        ("step_seed", -1, "seed"),
        ("prompt", "a" * 10_001, "10001"),
    ],
)
def test_a_comparison_that_cannot_be_is_refused(kind, other, said):
    with pytest.raises(ValueError, match=said):
        Comparison(spec(), kind, other).validate()


def test_distances_of_tensors():
    rng = np.random.default_rng(5)
    a, b = rng.normal(size=(2, 20_000))
    assert distance(a, a) == 0 and distance(a, -a) == pytest.approx(2)
    assert distance(a, b) == pytest.approx(2**0.5, abs=0.02) and distance(0 * a, 0 * a) == 0


@pytest.mark.parametrize("words", [0, 3, 20])
def test_tokens_are_those_of_the_tokenizer(small, words):
    prompt = " ".join(["cat"] * words)
    opening = next(record(small, AnatomySpec(prompt, steps=1)))
    stock = small.tokenizer(prompt, padding="max_length", max_length=16, truncation=True).input_ids
    assert [token.id for token in opening.tokens] == stock
    kinds = [token.kind for token in opening.tokens]
    assert kinds[0] == "start" and kinds.count("word") == min(words, 14) and kinds.count("end") == 1
    assert opening.cut.split() == ["cat"] * max(0, words - 14)


def test_a_word_that_was_never_taught_is_marked_with_all_its_pieces(small):
    opening = next(record(small, AnatomySpec("a zebra 🦊 dog", steps=1)))
    untaught = {token.word for token in opening.tokens if not token.taught}
    assert untaught == {1, 2} and sum(token.word == 1 for token in opening.tokens) == 5


def test_multiply_adds_are_those_that_torch_counts(small, anatomy):
    """Torch counts the attention only where it is made of plain products."""
    parts = {part.name: part for part in anatomy.ending.parts}
    with torch.no_grad(), sdpa_kernel(SDPBackend.MATH):
        for name, call in {
            "text encoder": lambda: small.embed([PROMPT]),
            "UNet": lambda: small.unet(torch.zeros(1, *small.latent_shape), 1, small.embed(["a"])),
            "VAE decoder": lambda: small.decode(torch.zeros(small.latent_shape)),
        }.items():
            with FlopCounterMode(display=False) as counter:
                call()
            extra = parts["text encoder"].multiply_adds if name == "UNet" else 0
            assert parts[name].multiply_adds + extra == counter.get_total_flops() / 2, name
    assert parts["UNet"].calls == 6 and all(part.seconds > 0 for part in parts.values())
    assert parts["UNet"].parameters == sum(weight.numel() for weight in small.unet.parameters())


def test_colours_are_fitted_where_the_model_brings_none(anatomy):
    rng = np.random.default_rng(3)
    truth = rng.normal(size=(4, 3)) * 0.1
    latents = rng.normal(size=(3, 8, 8)).astype(np.float16)
    picture = small_picture(latents, truth)
    assert abs(picture[1, 2, 0] - 127.5 * (1 + latents[:, 1, 2] @ truth[:3, 0] + truth[3, 0])) < 1
    assert np.allclose(fit_colours(latents, picture.repeat(2, 0).repeat(2, 1)), truth, atol=0.02)
    assert anatomy.ending.colours.shape == (5, 3)


def test_a_file_holds_the_whole_anatomy(anatomy):
    again = files.read(files.npz(anatomy))
    assert files.facts(again) == files.facts(anatomy) and again.spec == anatomy.spec
    one, other = files.tensors(anatomy), files.tensors(again)
    assert one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)
    assert again.opening.tokens == anatomy.opening.tokens


def test_a_small_file_computes_again_what_follows(small):
    anatomy = recorded(small, scheduler="euler")
    again, whole = (files.read(files.npz(anatomy, quality)) for quality in (90, None))
    for name, error in {"prediction": 0.02, "clean": 0.02, "attention": 0, "latents": 0}.items():
        for one, other in zip(again.moments, whole.moments, strict=True):
            a, b = (getattr(moment, name).astype(np.float32) for moment in (one, other))
            assert np.abs(a - b).max() <= error * np.abs(b).max()
    assert np.array_equal(again.ending.picture, whole.ending.picture)
    assert again.moments[0].picture.shape == (16, 16, 3)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x93NUMPY", b"text"])
def test_another_file_gets_a_sentence(data):
    with pytest.raises(ValueError, match="no anatomy"):
        files.read(data)


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"steps": 61}, "1 to 60"),
        ({"seed": -1}, "seed"),
        ({"step_seed": 2**64}, "seed"),
        ({"guidance": 31.0}, "0 to 30"),
        ({"scheduler": "plms"}, "pndm"),
        ({"prompt": "a" * 10_001}, "10001 characters"),
    ],
)
def test_bad_specs_are_refused_before_any_work(small, changes, said):
    with pytest.raises(ValueError, match=said):
        record(small, AnatomySpec(**{"prompt": PROMPT} | changes))


def test_tensors_that_would_not_fit_are_refused(small, monkeypatch):
    monkeypatch.setattr(memory, "BYTES_MOST", kept_bytes(small, spec(steps=4)))
    recorded(small, steps=4)
    with pytest.raises(ValueError, match="take at most 4 steps"):
        record(small, spec(steps=5))
