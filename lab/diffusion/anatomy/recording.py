"""Record a picture: render it as always, and keep what passes by.

The recording yields its pieces as they come, so whoever asked can look on: the opening, a moment for each
step, the ending. The picture is bit-equal to :meth:`lab.diffusion.model.Model.render` of the same spec: the
batch has the same shape, the layers compute by their own processors, and watching draws no random number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from lab import compute
from lab.diffusion import folder
from lab.diffusion.anatomy.colours import fit_colours
from lab.diffusion.anatomy.memory import check_size, decodes_steps
from lab.diffusion.anatomy.pieces import Ending, Layer, Moment, Opening, Part
from lab.diffusion.anatomy.spec import AnatomySpec
from lab.diffusion.anatomy.tokens import read as read_tokens

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.model import Model
    from lab.diffusion.sampling import Step


def record(
    model: Model,
    spec: AnatomySpec,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float, float], None] = lambda done, total: None,
) -> Iterator[Opening | Moment | Ending]:
    """Render the picture of ``spec`` and yield the pieces of its anatomy as they come.

    Parameters
    ----------
    model : Model
    spec : AnatomySpec
        What it leaves open is filled in by the model.
    cancelled, progress : callable
        As in :meth:`lab.diffusion.model.Model.render`; a cancelled recording ends after its last moment.

    Raises
    ------
    ValueError
        If the spec is out of its limits, or its tensors would not fit.
    """
    spec = spec.validate().with_defaults(model.defaults).validate()
    check_size(model, spec)
    return _Recorder(model, spec).pieces(cancelled, progress)


class _Recorder:
    """A recording under way: the model is asked for one step at a time and watched only meanwhile."""

    def __init__(self, model: Model, spec: AnatomySpec):
        from lab.diffusion import conditioning
        from lab.diffusion.anatomy.attention import Watch
        from lab.diffusion.anatomy.costs import Clock

        self.model, self.spec = model, spec
        self.unet = model.few_step if spec.scheduler == "lcm" else model.unet  # as Model.denoise chooses
        self.passes = conditioning.passes(model.unet, spec.manner[1])
        self.watch = Watch(self.passes == 2, model.latent_shape[1:])
        self.clock = Clock(model.device)
        self.multiply_adds: dict[str, int] = {}
        self.last: Step | None = None

    def pieces(self, cancelled, progress) -> Iterator[Opening | Moment | Ending]:
        embedding = self.embed()
        yield self.opening(embedding)
        steps = self.denoising(embedding)
        while step := self.watched(steps):
            self.last = step
            yield self.moment(step)
            progress(step.index, step.total)
            if cancelled():
                return
        yield self.ending()

    def embed(self) -> Tensor:
        from lab.diffusion.anatomy.costs import counted

        with counted(*self.model.text.encoders) as counts, self.clock.on("text encoder"):
            embedding = self.model.embed([self.spec.prompt])
        self.multiply_adds["text encoder"] = sum(counts.values())
        return embedding

    def opening(self, embedding: Tensor) -> Opening:
        tokens, cut = read_tokens(self.model, self.spec.prompt)
        colours = folder.facts(self.model.folder).get("latent_rgb")
        return Opening(
            self.spec,
            tokens,
            cut,
            embedding[0].cpu().numpy(),
            _half(self.noise()[0]),
            self.model.scheduler_config.get("prediction_type", "epsilon"),
            None if colours is None else np.array(colours, np.float32),
        )

    def noise(self) -> Tensor:
        from lab.diffusion.sampling import initial_noise

        return initial_noise(compute.generator(self.spec.seed), self.model.latent_shape)

    def denoising(self, embedding: Tensor) -> Iterator[Step]:
        """Steps of the picture; another generator of the step noise draws its own first noise in vain."""
        spec = self.spec
        if spec.step_seed is None:
            return self.model.denoise(embedding, spec.seed, *spec.manner)
        return self.model.denoise(embedding, spec.step_seed, *spec.manner, self.noise())

    def watched(self, steps: Iterator[Step]) -> Step | None:
        """The next step, its UNet call watched; the first one is also counted."""
        from lab.diffusion.anatomy.costs import counted

        unet = self.unet
        modules = [] if self.multiply_adds.get("UNet") else [unet]
        with self.watch.on(unet), self.clock.calls("UNet", unet), counted(*modules) as counts:
            step = next(steps, None)
        if counts:
            self.multiply_adds["UNet"] = sum(counts.values()) // self.model.rows
        return step

    def moment(self, step: Step) -> Moment:
        first = step.first(1)
        return Moment(
            step.index,
            step.total,
            step.timestep,
            step.signal,
            _half(first.seen[0]),
            _half(first.prediction[0]),
            None if first.conditional is None else _half(first.conditional[0]),
            None if first.unconditional is None else _half(first.unconditional[0]),
            _half(first.clean[0]),
            _half(self.watch.step()),
            self.model.decode(first.clean[0]) if decodes_steps(self.model) else None,
        )

    def ending(self) -> Ending:
        from lab.diffusion import safety
        from lab.diffusion.anatomy.costs import counted
        from lab.diffusion.recipe import recipe

        assert self.last is not None, "there is no step yet"
        model, latents = self.model, self.last.latents[0]
        with counted(model.vae) as counts, self.clock.on("VAE decoder"):
            decoded = model.decode(latents)
        picture = next(safety.seen(model.checker, iter([decoded]), model.remarks))
        self.multiply_adds["VAE decoder"] = sum(counts.values())
        kept, own = _half(latents), folder.facts(model.folder).get("latent_rgb")
        heads, maps = self.watch.heads, self.watch.layers()
        return Ending(
            kept,
            picture,
            tuple(self.parts()),
            tuple(Layer(name, heads[name], _half(found)) for name, found in maps.items()),
            np.array(own, np.float32) if own else fit_colours(kept, picture),
            recipe("anatomy", model, self.spec),
        )

    def parts(self) -> Iterator[Part]:
        from lab.diffusion.anatomy.costs import parameters

        vae = self.model.vae
        modules = {
            "text encoder": self.model.text.encoders,
            "UNet": [self.unet],
            "VAE decoder": [vae.decoder, *([vae.post_quant_conv] if vae.post_quant_conv else [])],
        }
        calls = {"UNet": self.last.total * self.passes if self.last else 0}
        for name, own in modules.items():
            cost = self.multiply_adds[name], calls.get(name, 1), self.clock.seconds[name]
            yield Part(name, parameters(*own), *cost)


def _half(tensor: Tensor) -> np.ndarray:
    return tensor.detach().cpu().numpy().astype(np.float16)
