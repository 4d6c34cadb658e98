"""Babel made by its own command, small: every stage, what is exported, what is measured, what is resumed."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import LCMScheduler
from PIL import Image
from safetensors.torch import load_file

from lab import checksums
from lab.babel import corpus, train, unit
from lab.babel.checksums import main as look
from lab.babel.classifier import open_classifier
from lab.babel.geometry import PICTURE_SIZE
from lab.babel.illustrator import SIZE, VIEWS, WORDS, draw, sample_passage
from lab.babel.illustrator.__main__ import main as sheet
from lab.babel.painting import SETTINGS
from lab.babel.plan import SHARES, Plan
from lab.babel.refinement import Refinement
from lab.babel.report import CLASSIFIER
from lab.diffusion import unit as measured
from lab.diffusion.adapter import FILE
from tests.diffusion.conftest import opened_by_diffusers

MINUTES, DRAWINGS, CAPTIONS = 0.02, 10, 2


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A training of a second on ten drawings, as a visitor asks for it, finished."""
    place = tmp_path_factory.mktemp("training")
    asked = Plan(
        place / "work",
        MINUTES,
        DRAWINGS,
        passages=3,
        batch=4,
        export=place / "babel",
        judge=place / "judge",
        images=place / "images",
        captions=CAPTIONS,
    )
    train.main(
        [
            word
            for name, value in vars(asked).items()
            if value is not None
            for word in (f"--{name}", str(value))
        ]
    )
    return asked


def spent(plan):
    """Seconds, pictures and steps of every stage, from its checkpoint."""
    return {
        stage: torch.load(plan.out / f"{stage}.pt", weights_only=True, map_location="cpu")["spent"]
        for stage in SHARES
    }


def weights(folder):
    """Bytes of every file of weights, by its place."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.safetensors")}


def test_stock_diffusers_draws_with_what_was_made_and_with_its_few_steps(plan):
    pipeline = opened_by_diffusers(plan.export)

    def picture(**how):
        generator = torch.Generator().manual_seed(1)
        drawn = pipeline("a forest in the rain", generator=generator, output_type="np", **how).images[0]
        assert drawn.shape == (SIZE, SIZE, 3) and np.isfinite(drawn).all() and drawn.std() > 0
        return drawn

    usual = picture(num_inference_steps=3, guidance_scale=2.5)
    assert pipeline.tokenizer("a forest").input_ids[1] < pipeline.text_encoder.config.vocab_size
    pipeline.scheduler = LCMScheduler.from_config(pipeline.scheduler.config)
    without = picture(num_inference_steps=2, guidance_scale=1.0)
    pipeline.load_lora_weights(plan.export / "few_step", local_files_only=True)
    within = picture(num_inference_steps=2, guidance_scale=1.0)
    assert not np.array_equal(without, usual) and within.shape == usual.shape
    assert set((plan.export / "words.txt").read_text().split()) == WORDS


def test_every_stage_had_its_share_of_the_time(plan):
    for stage, (seconds, seen, steps) in spent(plan).items():
        assert seconds >= 60 * MINUTES * SHARES[stage] and seen >= steps >= 1, stage


def test_a_second_training_does_nothing_that_is_done(plan):
    before, drawn = spent(plan), (plan.out / "drawings/train_0000000.npy").stat()
    again = replace(plan, export=plan.out / "again", judge=plan.out / "judge again")
    train.make(again)
    assert spent(plan) == before
    assert (plan.out / "drawings/train_0000000.npy").stat() == drawn
    for first, second in ((plan.export, again.export), (plan.judge, again.judge)):
        assert weights(first) == weights(second) and len(weights(first)) > 0
    assert len(weights(plan.export)) == 5  # text encoder, two shards of the denoiser, autoencoder, few steps


def test_a_refinement_goes_on_from_what_was_exported(plan):
    further = replace(plan, out=plan.out / "further", export=plan.out / "finer", begin=plan.export)
    train.make(further)
    told = {
        stage: torch.load(further.out / f"{stage}.pt", weights_only=True, map_location="cpu")["spent"]
        for stage in Refinement.shares
    }
    assert all(steps >= 1 for _, _, steps in told.values())
    first, second = weights(plan.export), weights(further.export)
    assert first.keys() == second.keys()
    same = {str(path) for path in first if first[path] == second[path]}
    assert same == {"vae/diffusion_pytorch_model.safetensors"}
    configs = [each / "unet" / "config.json" for each in (plan.export, further.export)]
    assert configs[0].read_text() == configs[1].read_text()
    facts = [each / "latent_library.json" for each in (plan.export, further.export)]
    assert facts[0].read_text() == facts[1].read_text()
    before, after = (load_file(each / "few_step" / FILE.name) for each in (plan.export, further.export))
    assert before.keys() == after.keys()
    start, end = (
        load_file(each / "text_encoder/model.safetensors") for each in (plan.export, further.export)
    )
    assert 0 < max((start[name].float() - end[name].float()).abs().max() for name in start) < 0.05


def test_the_report_has_its_entries_and_its_pictures(plan):
    told = json.loads((plan.export / "report.json").read_text())
    read = {*open_classifier(CLASSIFIER).network.attributes.labels, *(f"person, {view}" for view in VIEWS)}
    assert list(told["agreement by setting"]) == [setting.name for setting in SETTINGS]
    for split in ("unseen scenes", "held-out combinations"):
        agreement = told[split]["agreement"]
        assert told[split]["captions"] == CAPTIONS and told[split]["frechet"] > 0
        assert agreement["ratio"] == pytest.approx(agreement["babel"] / agreement["illustrator"])
        assert set(told[split]["attributes read"]["babel"]) <= read
    assert {walk["walks"] for walk in told["walks between places"].values()} == {1}
    facts = json.loads((plan.export / "latent_library.json").read_text())
    assert (facts["scheduler"], facts["steps"], facts["guidance"]) == ("lcm", 2, 1.0)
    assert np.shape(facts["latent_rgb"]) == (13, 3)
    for name, rows in (("unseen", 1), ("unseen_drawn", 1), ("held_out", 1), ("autoencoder", 1)):
        with Image.open(plan.images / f"babel_{name}.png") as page:
            assert page.size == (8 * SIZE, rows * SIZE)
    drawn = np.asarray(Image.open(plan.images / "babel_unseen_drawn.png"))[:, :SIZE]
    assert np.array_equal(drawn, draw(corpus.unblended_scenes("valid", 1)[0], SIZE))


def test_checksums_hold_until_a_byte_is_changed_and_are_written_anew(plan, tmp_path, capsys):
    assert look([str(plan.export), str(plan.judge)]) == 0
    words = plan.export / "words.txt"
    kept = words.read_text()
    try:
        words.write_text(kept + "zeppelin\n")
        assert look([str(plan.export)]) == 1
        assert "words.txt is damaged" in capsys.readouterr().out
        assert look([str(plan.export), "--write"]) == 0
        assert json.loads((plan.export / checksums.LIST).read_text())["words.txt"] == checksums.digest(words)
    finally:
        words.write_text(kept)
        checksums.write(plan.export)


def test_more_drawings_later_are_added_to_those_there_are(tmp_path, monkeypatch):
    monkeypatch.setattr(corpus, "CHUNK", 2)
    corpus.draw_corpus(tmp_path, "valid", 3, workers=1)
    first = corpus.pictures(tmp_path, "valid", 3, SIZE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["valid_0000000.npy", "valid_0000002.npy"]
    assert np.array_equal(first[2], draw(corpus.scene("valid", 2), SIZE))
    kept = (tmp_path / "valid_0000000.npy").stat()
    corpus.draw_corpus(tmp_path, "valid", 4, workers=1)
    more = corpus.pictures(tmp_path, "valid", 4, SIZE)
    assert np.array_equal(more[:3], first) and np.array_equal(more[3], draw(corpus.scene("valid", 3), SIZE))
    assert (tmp_path / "valid_0000000.npy").stat() == kept
    assert corpus.pictures(tmp_path, "valid", 3, PICTURE_SIZE).shape == (3, PICTURE_SIZE, PICTURE_SIZE, 3)


def test_a_contact_sheet_shows_scenes_and_says_their_captions(tmp_path, capsys):
    path = tmp_path / "sheet.png"
    sheet(["--out", str(path), "--count", "3", "--columns", "2", "--size", "64", "--seed", "5"])
    with Image.open(path) as page:
        assert min(page.size) >= 2 * 64 and np.asarray(page).std() > 0
    captions = capsys.readouterr().out.splitlines()
    assert len(captions) == 3 and all(
        set(each.lower().replace(",", "").split()) <= WORDS for each in captions
    )


def test_a_sheet_of_passages_goes_from_scene_to_scene(tmp_path, capsys):
    path = tmp_path / "sheet.png"
    sheet(["--out", str(path), "--count", "2", "--columns", "3", "--size", "32", "--seed", "5", "--passages"])
    with Image.open(path) as page:
        assert page.size == (3 * 32, 2 * 32)
        start, middle, end = np.split(np.asarray(page)[:32], 3, 1)
    way = sample_passage(np.random.default_rng(5))
    assert np.array_equal(start, draw(way.start, 32)) and np.array_equal(end, draw(way.end, 32))
    assert not np.array_equal(middle, start) and not np.array_equal(middle, end)
    assert all(line.count(" -> ") == 1 for line in capsys.readouterr().out.splitlines())


def test_the_unit_that_was_measured_is_written_among_the_facts(small_folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(measured, "PROMPTS", ("a cat", "a dog"))
    monkeypatch.setattr(measured, "SHAKES", 1)
    monkeypatch.setattr(measured, "UNITS", (16.0, 256.0))
    folder = tmp_path / "model"
    folder.mkdir()
    for entry in Path(small_folder).iterdir():
        if entry.name != "latent_library.json":
            (folder / entry.name).symlink_to(entry)
    unit.main(["--model", str(folder)])
    facts = json.loads((folder / "latent_library.json").read_text())
    told = capsys.readouterr().out.splitlines()
    assert told[-1].endswith(f"the unit is {facts['embedding_unit']:g}") and len(told) > 1
    assert checksums.check(folder, "the model") is None
