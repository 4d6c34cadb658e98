"""How babel is made: identities of its training, and the weights that ship, opened by stock diffusers."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from lab.babel import corpus, geometry
from lab.babel.autoencoder import encode, linear_latent_rgb, psnr, standardise, to_pictures, to_tensor
from lab.babel.denoiser import noisy, stratified_timesteps
from lab.babel.enlargement import enlarge
from lab.babel.fitting import Averaged, Fitting, rate
from lab.babel.illustrator import SIZE, WORDS, attributes, draw, held_out, whole_caption
from lab.babel.illustrator.phrases import PLACE, TIME, VIEW, WEATHER
from lab.babel.illustrator.scene import half_hour
from lab.babel.judge import contrastive_loss, open_judge
from lab.babel.measures import continuity, frechet, nearest
from lab.babel.report import sheet
from lab.babel.tokenizer import learn_merges, make_tokenizer, save_tokenizer, tokenize
from lab.babel.wording import between, worded
from lab.diffusion.paths import lerp

ROOT = Path(__file__).resolve().parent.parent
CAPTIONS = ["a street in a rainy city at night", "a forest in the rain, ink drawing", "Ada the librarian"] * 3


@pytest.fixture(scope="module")
def tokenizer():
    return make_tokenizer(learn_merges(CAPTIONS, size=600))


@pytest.fixture(scope="module")
def drawings():
    return corpus.shrink(np.stack([draw(corpus.scene("valid", i), SIZE) for i in range(6)]), 64)


def make_vae(levels=3):
    torch.manual_seed(0)
    vae = geometry.make_autoencoder(levels).eval().requires_grad_(False)
    for parameter in vae.parameters():
        parameter.add_(0.05 * torch.randn_like(parameter))
    return vae


def test_scenes_of_a_split_are_steady_and_held_out_ones_stay_out():
    assert corpus.scene("train", 3) == corpus.scene("train", 3) != corpus.scene("valid", 3)
    assert not any(map(held_out, corpus.scenes("train", 60)))
    assert all(map(held_out, corpus.scenes("held_out", 10)))


def test_shrinking_averages_squares():
    pictures = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3)).astype(np.uint8)
    assert corpus.shrink(pictures, 4)[1, 2, 3, 0] == round(pictures[1, 4:6, 6:8, 0].mean())
    assert np.array_equal(corpus.shrink(pictures, 8), pictures)


def test_tokenizer_knows_its_words_whole_and_spells_the_others(tokenizer):
    words = ["a</w>", "street</w>", "in</w>", "the</w>", "rain</w>"]
    assert tokenizer.tokenize("a Street in the rain") == words
    assert len(tokenizer.tokenize("zeppelin")) > 1
    ids = tokenize(tokenizer, ["a street", "¿🦜? " * 40])
    assert ids.shape == (2, 32) and ids.max() < len(tokenizer)
    assert ids[0, 3:].eq(tokenizer.eos_token_id).all(), "padding is the end token, as in Stable Diffusion"
    assert len(tokenizer) - 1 == tokenizer.eos_token_id == tokenizer.pad_token_id


def test_tokenizer_reads_the_same_from_its_folder(tokenizer, tmp_path):
    save_tokenizer(tokenizer, learn_merges(CAPTIONS, size=600), tmp_path)
    again = type(tokenizer).from_pretrained(tmp_path)
    assert torch.equal(tokenize(again, CAPTIONS), tokenize(tokenizer, CAPTIONS))
    assert json.loads((tmp_path / "vocab.json").read_text()) == tokenizer.get_vocab()


def test_rate_rises_stays_and_falls():
    shares = np.linspace(0, 1, 101)
    rates = [rate(s) for s in shares]
    assert max(rates) == 1 and rates[30] == 1 and rates[-1] == pytest.approx(0.02)
    assert all(a >= b for a, b in zip(rates[60:], rates[61:], strict=False))


def test_average_of_a_steady_module_is_the_module():
    module = nn.Linear(3, 2)
    average = Averaged(module)
    for _ in range(5):
        average.update(module)
    assert torch.allclose(average.module.weight, module.weight)


def test_fitting_learns_and_resumes_where_it_stopped(tmp_path):
    torch.manual_seed(0)
    x = torch.randn(64, 3)
    y = x @ torch.tensor([[1.0], [2.0], [3.0]])

    def session(minutes):
        module = nn.Linear(3, 1)
        fitting = Fitting(tmp_path / "line.pt", {"line": (module, 0.05)}, minutes)
        before = fitting.steps
        fitting.fit(lambda: ((module(x) - y).pow(2).mean(), len(x)), "line")
        return module, fitting, before

    first, fitting, _ = session(0.02)
    second, resumed, before = session(0.04)
    assert before == fitting.steps > 0 and resumed.seen == 64 * resumed.steps
    losses = [(m(x) - y).pow(2).mean().item() for m in (first, second)]
    assert losses[1] <= losses[0] < 1


def test_velocity_and_noisy_latents_give_the_clean_ones_back():
    clean, noise, alphas = torch.randn(5, 8, 4, 4), torch.randn(5, 8, 4, 4), torch.linspace(0.05, 0.95, 5)
    seen, velocity = noisy(clean, noise, alphas)
    a, s = (x.sqrt()[:, None, None, None] for x in (alphas, 1 - alphas))
    assert torch.allclose(a * seen - s * velocity, clean, atol=1e-5)
    assert torch.allclose(s * seen + a * velocity, noise, atol=1e-5)


def test_timesteps_hit_every_slice_once():
    steps = stratified_timesteps(50, 1000, torch.Generator().manual_seed(1))
    assert sorted((steps // 20).tolist()) == list(range(50))


def test_conditions_of_passages_are_those_of_a_morph():
    ends = torch.randn(4, 5, 3)
    found = between(ends, torch.tensor([0.25, 1.0], dtype=torch.float64))
    assert torch.allclose(found[0], lerp(ends[0], ends[2], 0.25)) and torch.equal(found[1], ends[3])


def test_captions_that_say_everything_are_of_scenes_without_blends(monkeypatch):
    scenes = corpus.scenes("train", 60)
    told = lambda scene, words: any(hour in words for hour in TIME[half_hour(scene)])  # noqa: E731
    monkeypatch.setattr("lab.babel.wording.WHOLE_SHARE", 1.0)
    found = list(zip(scenes, worded(scenes, np.random.default_rng(0)), strict=True))
    whole = [told(scene, words) for scene, words in found if attributes(scene)["hybrid"] == "no"]
    assert len(whole) > 30 and all(whole)
    monkeypatch.setattr("lab.babel.wording.WHOLE_SHARE", 0.0)
    usual = worded(scenes, np.random.default_rng(0))
    assert not all(told(scene, words) for scene, words in zip(scenes, usual, strict=True))


def test_pixels_survive_the_tensor(drawings):
    assert np.array_equal(to_pictures(to_tensor(drawings)), drawings)


def test_standardised_latents_have_mean_0_and_spread_1_and_decode_as_before(drawings):
    vae = make_vae()
    latents = encode(vae, drawings, "cpu")
    before = vae.decode(latents).sample
    spread = vae.encode(to_tensor(drawings)).latent_dist.logvar
    standardise(vae, latents)
    now = encode(vae, drawings, "cpu")
    assert now.mean((0, 2, 3)).abs().max() < 1e-3 and (now.std((0, 2, 3)) - 1).abs().max() < 1e-3
    assert torch.allclose(vae.decode(now).sample, before, atol=1e-3)
    shift = spread - vae.encode(to_tensor(drawings)).latent_dist.logvar
    wanted = 2 * latents.std((0, 2, 3)).log()
    assert torch.allclose(shift, wanted[None, :, None, None].expand_as(shift), atol=1e-3)


def test_enlarged_autoencoder_starts_as_the_small_one(drawings):
    torch.manual_seed(0)
    small = geometry.make_autoencoder().eval().requires_grad_(False)
    latents = torch.randn(2, geometry.CHANNELS, 16, 16)
    small_out, large_out = small.decode(latents).sample, enlarge(small).eval().decode(latents).sample
    assert large_out.shape == (2, 3, 128, 128)
    halves = nn.functional.avg_pool2d(large_out, 2)
    assert (halves - small_out)[:, :, 2:-2, 2:-2].abs().mean() < 0.3 * small_out.std()


def test_psnr_of_a_known_error():
    a = np.full((1, 4, 4, 3), 100, np.uint8)
    assert psnr(a, a + np.uint8(5))[0] == pytest.approx(20 * np.log10(255 / 5))


def test_linear_preview_recovers_a_linear_code(drawings):
    latents = torch.nn.functional.adaptive_avg_pool2d(to_tensor(drawings), 16) @ torch.eye(16)
    assert torch.allclose(linear_latent_rgb(latents, drawings)[:3], torch.eye(3), atol=1e-3)


def test_contrastive_loss_prefers_the_right_pairs():
    towers = nn.functional.normalize(torch.randn(8, 16), dim=-1)
    scale = torch.tensor(2.0)
    assert contrastive_loss(towers, towers, scale) < contrastive_loss(towers, towers.roll(1, 0), scale)


def test_frechet_distance_of_a_cloud_to_itself_and_to_its_shift():
    cloud = torch.randn(400, 5)
    assert frechet(cloud, cloud) == pytest.approx(0, abs=1e-6)
    assert frechet(cloud, cloud + 2) == pytest.approx(20, rel=1e-6)


def test_nearest_finds_itself():
    known = nn.functional.normalize(torch.randn(30, 6), dim=-1)
    cosine, index = nearest(known[7:9], known)
    assert index.tolist() == [7, 8] and torch.allclose(cosine, torch.ones(2))


def test_sheet_lays_out_rows():
    pictures = np.stack([np.full((2, 3, 3), i, np.uint8) for i in range(5)])
    page = np.asarray(sheet(pictures, 2))
    assert page.shape == (6, 6, 3) and page[2, 3, 0] == 3 and page[5, 5, 0] == 255


def test_words_that_ship_are_the_illustrators_words():
    assert set((ROOT / "data/babel/words.txt").read_text().split()) == WORDS


def test_stock_diffusers_opens_babel_and_the_judge_agrees_with_it():
    """Six plain captions: stock pictures agree with their own caption far more than with another's."""
    from lab.babel.painting import Painter, Setting

    captions = [
        "a painting of a city street in the rain at night",
        "a painting of a forest in the snow at noon",
        "blueprint of an abandoned gas station",
        "a portrait of Ada, watercolour",
        "neon library of hexagonal rooms",
        "a painting of a desert at sunset",
    ]
    painter, judge = Painter(ROOT / "data/babel"), open_judge(ROOT / "data/judge")
    words = judge.embed_captions(captions).T
    for setting in (Setting("dpm++2m 10", "dpm", 10), Setting("lcm 4", "lcm", 4, 1.0)):
        table = judge.embed_pictures(painter.paint(captions, setting)) @ words
        assert table.diag().mean() > table[~torch.eye(6, dtype=bool)].mean() + 0.3
        assert (table.argmax(1) == torch.arange(6)).sum() >= 5


def test_weights_are_light_half_precision_and_readable():
    files = [f for f in (ROOT / "data/babel").rglob("*") if f.is_file()]
    assert sum(f.stat().st_size for f in files) <= 30e6
    assert not [f for f in files if f.suffix in {".bin", ".ckpt", ".pt", ".pkl"}]
    assert all(f.stat().st_mode & 0o044 for f in files)


def test_measures_of_walks_know_an_even_walk_from_a_cut(drawings):
    """A cut half-way makes one step as long as all others together; a still walk has no step."""
    judge = open_judge(ROOT / "data/judge")
    a, b = drawings[0].astype(float), drawings[1].astype(float)
    even = np.stack([(a + (b - a) * t).astype(np.uint8) for t in np.linspace(0, 1, 9)])
    cut = np.stack([drawings[0]] * 4 + [drawings[1]] * 5)
    found = [continuity(judge, [walk]) for walk in (even, cut)]
    for by in ("seen", "judged"):
        assert found[1][f"largest step / mean step, {by}, median"] == pytest.approx(8, rel=1e-3)
        assert found[0][f"largest step / mean step, {by}, median"] < 4
        assert found[1][f"share of walks at most 3, {by}"] == 0
    assert found[1]["sharpness of inner frames / ends, median"] == pytest.approx(1, rel=0.3)


def test_a_whole_caption_says_all_that_shows():
    scenes = corpus.unblended_scenes("held_out", 40)
    rng = np.random.default_rng(0)
    assert all(held_out(scene) for scene in scenes)
    for scene in scenes:
        words, seen = whole_caption(scene, rng), attributes(scene)
        assert set(words.lower().replace(",", "").split()) <= WORDS
        assert seen["hybrid"] == "no" and seen.get("person", "") in words
        assert any(phrase in words for phrase in PLACE[seen["place"]])
        assert any(phrase in words for phrase in WEATHER[seen["weather"]])
        near = [phrase for phrase in VIEW.get(seen["view"], ()) if phrase]
        assert any(phrase in words for phrase in near) or not near
