"""What is said beside each box of the diagram: two true sentences with the shapes and numbers of this run.

``{step}``, ``{t}``, ``{signal}`` and ``{noise}`` are filled in by the browser, for the step it shows.
"""

from __future__ import annotations

from lab.diffusion.anatomy import Anatomy, Part
from lab.diffusion.spec import SCHEDULERS
from lab.views.anatomy.words import box, cost, times

NOISY = ("euler_a", "lcm")
FORMULAS = {
    "epsilon": "x0 = (x − {noise} ε) / {signal}",
    "v_prediction": "x0 = {signal} x − {noise} v",
    "sample": "the prediction is x0 itself",
}
SAYS = {"epsilon": "noise ε", "v_prediction": "velocity v", "sample": "clean latents"}


def boxes(anatomy: Anatomy) -> dict[str, dict]:
    """For each box its title, its shape, what stands under it, and its two sentences."""
    parts = {part.name: part for part in anatomy.ending.parts} if anatomy.ending else {}
    return inputs(anatomy, parts) | loop(anatomy, parts) | halves(anatomy) | outputs(anatomy, parts)


def inputs(anatomy: Anatomy, parts: dict[str, Part]) -> dict[str, dict]:
    """Prompt, text encoder, embedding and noise."""
    opening, spec = anatomy.opening, anatomy.spec
    kinds = [token.kind for token in opening.tokens]
    count, width = opening.embedding.shape
    told, channels = kinds.count("word"), opening.noise.shape
    lost = f" What did not fit and is cut off: “{opening.cut}”." if opening.cut else ""
    strange = ", ".join(dict.fromkeys(text for text, own in anatomy.words.values() if unread(opening, own)))
    unknown = f" Never taught to this model: {strange}." if strange else ""
    norms = (opening.embedding**2).sum(axis=1) ** 0.5
    return {
        "prompt": box(
            "Prompt",
            f"{told} tokens + {len(kinds) - told}",
            [],
            f"The tokenizer cuts the prompt into {told} tokens, puts a start and an end mark around them and "
            f"fills up with padding to {len(kinds)} rows.{lost}",
            f"The network attends to all rows: no mask hides the padding, so it looks there too.{unknown}",
        ),
        "encoder": box(
            "Text encoder",
            f"{count} → {times(count, width)}",
            cost(parts.get("text encoder")),
            f"A transformer turns {len(kinds)} token numbers into a table of {times(count, width)} numbers.",
            "Each row has read the tokens before it and none behind it, so the rows of the padding have read "
            "the whole prompt.",
        ),
        "embedding": box(
            "Text embedding",
            times(count, width),
            [f"norm of a row {norms.min():.3g} to {norms.max():.3g}"],
            f"One row for each of the {count} tokens, one column for each of {width} coordinates.",
            "The first row is the same for every prompt, since the start mark has nothing before it to read; "
            "a morph is a straight walk from one such table to another.",
        ),
        "noise": box(
            f"Noise of seed {spec.seed}",
            times(*channels),
            [f"mean {float(opening.noise.mean()):+.3f}, std {float(opening.noise.std()):.3f}"],
            f"A generator that starts from {spec.seed} draws {times(*channels)} independent normal numbers.",
            "They are drawn on the processor whatever the device, so one seed is the same noise everywhere.",
        ),
    }


def unread(opening, own: list[int]) -> bool:
    """Whether a word was never taught."""
    return not opening.tokens[own[0]].taught


def loop(anatomy: Anatomy, parts: dict[str, Part]) -> dict[str, dict]:
    """Latents, UNet, predicted x0, scheduler."""
    spec, shape = anatomy.spec, times(*anatomy.opening.noise.shape)
    tokens, width = len(anatomy.opening.tokens), anatomy.opening.embedding.shape[1]
    kind = anatomy.opening.prediction_type
    said, layers = SAYS[kind], anatomy.ending.layers if anatomy.ending else ()
    asked = (
        f" In {len(layers)} layers every place asks all {tokens} tokens what concerns it." if layers else ""
    )
    adds = (
        "It adds fresh noise after every call but the last, so the picture hangs on the generator's whole "
        "state, not on the first latents alone."
        if spec.scheduler in NOISY
        else "It draws nothing at random: after the first latents the way is fixed."
    )
    return {
        "latents": box(
            "Noisy latents",
            shape,
            ["{signal} picture, {noise} noise"],
            f"What the UNet sees at call {{step}}: {shape} numbers, at time t = {{t}} of the schedule.",
            "They hold {signal} of the picture and {noise} of noise, two numbers whose squares sum to 1.",
        ),
        "unet": box(
            "UNet",
            f"{shape}, t, {times(tokens, width)} → {shape}",
            cost(parts.get("UNet")),
            f"It takes the latents, the time t = {{t}} and the embedding, and says the {said}, of the "
            f"latents' own shape {shape}.{asked}",
            "Click a word of the prompt to see where it was asked for: the share of attention, averaged over "
            "heads and layers.",
        ),
        "clean": box(
            "Predicted x0",
            shape,
            [],
            f"The clean latents if the prediction were right: {FORMULAS[kind]}.",
            "Early on it is blurred: it lies near the mean of all pictures that the noise still allows.",
        ),
        "scheduler": box(
            f"Scheduler {spec.scheduler}",
            f"{len(anatomy.moments)} of {anatomy.moments[0].total if anatomy.moments else spec.steps} calls",
            [],
            SCHEDULERS[spec.manner[2]],
            adds,
        ),
    }


def halves(anatomy: Anatomy) -> dict[str, dict]:
    """What the UNet says with and without the prompt, and the way from the one to the other."""
    spec, shape = anatomy.spec, times(*anatomy.opening.noise.shape)
    said = SAYS[anatomy.opening.prediction_type]
    away = f"“{spec.negative}”" if spec.negative else "the empty prompt"
    guided = spec.manner[1] > 1
    return {
        "unconditional": box(
            "Unconditional",
            shape,
            [],
            f"What the UNet says of the same latents with {away} in the prompt's place: the {said}, {shape}.",
            f"With guidance {spec.guidance:g} every step asks the UNet twice.",
        ),
        "conditional": box(
            "Conditional" if guided else "Prediction",
            shape,
            [],
            f"What the UNet says of the latents with the prompt: the {said}, {shape}.",
            "From this alone a model without guidance would go on."
            if guided
            else f"At guidance {spec.guidance:g} there is no unconditional pass.",
        ),
        "difference": box(
            "Difference",
            shape,
            [f"× {spec.guidance:g}"],
            "Conditional less unconditional: what the words change at this step.",
            f"Guidance goes {spec.guidance:g} times this way from the unconditional prediction, "
            f"u + {spec.guidance:g} (c − u).",
        ),
    }


def outputs(anatomy: Anatomy, parts: dict[str, Part]) -> dict[str, dict]:
    """VAE decoder and picture."""
    channels, height, width = anatomy.opening.noise.shape
    latents = times(channels, height, width)
    if anatomy.ending is None:
        return {
            "decoder": box("VAE decoder", latents, [], "It waits for the last step.", ""),
            "picture": box("Picture", "", [], "It is not finished yet.", ""),
        }
    rows, columns = anatomy.ending.picture.shape[:2]
    pixels = times(rows, columns, 3)
    grown = 3 * rows * columns / (channels * height * width)
    return {
        "decoder": box(
            "VAE decoder",
            f"{latents} → {pixels}",
            cost(parts.get("VAE decoder")),
            f"Convolutions enlarge the clean latents, {latents}, to a picture of {columns} × {rows} pixels: "
            f"each place becomes a patch of {rows // height} × {columns // width}.",
            "It is not told the prompt: all that the words have to say is in the latents by now.",
        ),
        "picture": box(
            "Picture",
            pixels,
            [],
            f"{pixels} bytes, {grown:.3g} times as many numbers as the latents had.",
            "Recorded or not, it is the same to the last bit.",
        ),
    }
