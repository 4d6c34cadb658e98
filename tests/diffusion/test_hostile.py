"""Files that are not what they say: one sentence each, and nothing in them is run."""

import shutil
import zipfile

import pytest
import torch
from safetensors.torch import save_file

from lab.diffusion import checkpoint, clip_words, load, shelf
from tests.diffusion import compvis_layout, families


def sentence(path):
    with pytest.raises(ValueError) as refusal:
        load(path, "cpu")
    text = str(refusal.value)
    assert "\n" not in text and text.endswith(".") and len(text) < 400
    return text


class Evil:
    """Writes a file when somebody unpickles it."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_code_in_a_checkpoint_is_not_run(tmp_path):
    trap, path = tmp_path / "trap", tmp_path / "sd-v1-4.ckpt"
    torch.save({"state_dict": {"a": torch.ones(2)}, "callbacks": Evil(trap)}, path)
    assert "holds more than weights, and loading it could run code" in sentence(path)
    assert not trap.exists()


def test_a_pickle_that_is_called_safetensors_is_not_read(tmp_path):
    path = tmp_path / "model.safetensors"
    torch.save({"a": torch.ones(2)}, path)
    assert "'model.safetensors' cannot be read as safetensors" in sentence(path)


@pytest.mark.parametrize("suffix", [".ckpt", ".safetensors"])
@pytest.mark.parametrize("kept", [0, 8, 0.5])
def test_a_file_that_is_cut_off_is_one_sentence(tmp_path, suffix, kept):
    path = tmp_path / f"model{suffix}"
    state = {"model.diffusion_model.input_blocks.0.0.weight": torch.ones(64, 64)}
    save_file(state, path) if suffix == ".safetensors" else torch.save({"state_dict": state}, path)
    data = path.read_bytes()
    path.write_bytes(data[: int(kept * len(data)) if isinstance(kept, float) else kept])
    assert "fetch it again" in sentence(path)


def test_text_and_empty_archives_are_one_sentence(tmp_path):
    (tmp_path / "a.ckpt").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0")
    with zipfile.ZipFile(tmp_path / "b.ckpt", "w") as archive:
        archive.writestr("hello.txt", "no weights")
    torch.save([1, 2], tmp_path / "c.ckpt")
    assert "cannot be read" in sentence(tmp_path / "a.ckpt")
    assert "cannot be read" in sentence(tmp_path / "b.ckpt")
    assert "holds a list where weights by name should be" in sentence(tmp_path / "c.ckpt")


def test_what_holds_no_pictures_is_named(tmp_path):
    save_file({"lora_unet_down.weight": torch.ones(2)}, tmp_path / "adapter.safetensors")
    assert "holds no UNet" in sentence(tmp_path / "adapter.safetensors")
    (tmp_path / "notes.txt").write_text("hello")
    assert "is no file of weights" in sentence(tmp_path / "notes.txt")


def test_weights_that_are_missing_are_not_made_up(tmp_path):
    state = compvis_layout.state_of(families.build("sd1", tmp_path / "folder"))
    del state["model.diffusion_model.middle_block.0.in_layers.2.weight"]
    save_file(state, tmp_path / "model.safetensors")
    assert "the UNet lacks 1 of its" in sentence(tmp_path / "model.safetensors")


def test_pickled_and_incomplete_folders_are_one_sentence(small_folder, tmp_path):
    copy = shutil.copytree(small_folder, tmp_path / "copy")
    weights = next((copy / "unet").glob("*.safetensors"))
    torch.save({"a": torch.ones(2)}, weights)
    assert "cannot be read as safetensors" in sentence(copy)
    (copy / "model_index.json").write_text("{")
    assert "is no JSON" in sentence(copy)


def test_a_checkpoint_of_the_trainer_is_read_without_the_trainer(tmp_path, monkeypatch):
    """The first files name a class of the trainer as a key; the reader does not need it."""
    import sys
    import types

    name = "pytorch_lightning.callbacks.model_checkpoint"
    modules = {
        ".".join(name.split(".")[:n]): types.ModuleType(".".join(name.split(".")[:n])) for n in (1, 2, 3)
    }
    kind = type("ModelCheckpoint", (), {"__module__": name})
    modules[name].ModelCheckpoint = kind
    for key, module in modules.items():
        monkeypatch.setitem(sys.modules, key, module)
    path = tmp_path / "sd-v1-4.ckpt"
    torch.save({"state_dict": {"a": torch.ones(2)}, "callbacks": {kind: {"best": 1}}, "global_step": 7}, path)
    for key in modules:
        monkeypatch.delitem(sys.modules, key)
    state = checkpoint.read(path)
    assert torch.equal(state["a"], torch.ones(2)) and state["global_step"] == 7


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../secrets/model", "data/babel", "models/../x", "a/b/c", "", "x", "a/../b"]
)
def test_a_link_opens_no_path_of_the_machine(name):
    with pytest.raises(ValueError, match="no model"):
        shelf.name_of(name)


def test_the_shelf_lists_folders_and_files_and_a_link_may_name_them(small_folder, tmp_path, monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path))
    assert shelf.models() == ()
    shutil.copytree(small_folder, tmp_path / "tiny")
    shutil.copytree(small_folder, tmp_path / "owner" / "small")
    save_file({"a": torch.ones(2)}, tmp_path / "sd-turbo.safetensors")
    (tmp_path / "readme.txt").write_text("no model")
    assert [model.name for model in shelf.models()] == ["owner/small", "sd-turbo.safetensors", "tiny"]
    assert shelf.name_of("tiny") == "tiny" and load("tiny", "cpu").name == "tiny"


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("a photo of a cat", [320, 1125, 539, 320, 2368]),
        ("", []),
    ],
)
def test_the_tokenizer_is_clips(text, numbers):
    assert clip_words.tokenizer()(text).input_ids == [49406, *numbers, 49407]
    assert len(clip_words.vocabulary()) == 49408


def test_short_prompts_are_filled_up_as_each_family_does():
    filled = {"padding": "max_length", "max_length": 6}
    assert clip_words.tokenizer()("cat", **filled).input_ids == [49406, 2368, 49407, 49407, 49407, 49407]
    assert clip_words.tokenizer("!")("cat", **filled).input_ids == [49406, 2368, 49407, 0, 0, 0]


def test_networks_are_compiled_on_a_gpu_alone(small_folder):
    with pytest.raises(ValueError, match="compiled on cuda alone, not on cpu"):
        load(small_folder, "cpu", compiled=True)
