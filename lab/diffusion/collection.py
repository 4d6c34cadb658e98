"""Which text embeddings become a table: a dictionary, a morph's path, a cloud. Knows no torch."""

from __future__ import annotations

from dataclasses import dataclass

from lab.diffusion.checks import check_choice, check_count, check_number, check_prompt, check_prompts
from lab.diffusion.spec import FRAMES_TOTAL_MOST, MorphSpec
from lab.diffusion.variations_spec import COUNT_MOST, SIGMA_MOST, VariationsSpec

KINDS = {
    "dictionary": "the dictionary: every word the model knows, a prompt of its own each",
    "path": "a morph's path",
    "cloud": "a cloud of variations",
}
PATH = (
    "a street in a rainy city at night",
    "a rainy forest",
    "an abandoned gas station at sunset",
    "a library of hexagonal rooms",
    "a portrait of a technopriest",
)
AROUND = PATH[3:4]
MOST_WORDS = 600


@dataclass(frozen=True)
class Collection:
    """A set of embeddings, each a row of a table.

    Parameters
    ----------
    kind : {"dictionary", "path", "cloud"}
    prompts : tuple of str
        Key prompts of the path, or the one prompt the cloud is around; none: the house's own.
    frames : int
        Rows of each leg of a path, at t = j / frames in a straight line; it closes to a ring.
    count, sigma, pull, seed
        Steps of a cloud, its noise in the model's unit, its leash, and the seed of its noise, as in
        :class:`lab.diffusion.variations_spec.VariationsSpec`.
    model : str
    """

    kind: str = "dictionary"
    prompts: tuple[str, ...] = ()
    frames: int = 24
    count: int = 240
    sigma: float = 0.02
    pull: float = 0.5
    seed: int = 42
    model: str = "babel"

    def validate(self) -> Collection:
        """Return the collection itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_choice("collection", self.kind, KINDS)
        if self.kind == "path":
            check_prompts(self.walk)
            check_count("frames", self.frames, 1, FRAMES_TOTAL_MOST // len(self.walk))
        if self.kind == "cloud":
            check_prompt(self.middle)
            check_count("variations", self.count, 1, COUNT_MOST)
            check_number("sigma", self.sigma, 0, SIGMA_MOST)
            check_number("pull", self.pull, 0, 1)
        return self

    @property
    def walk(self) -> tuple[str, ...]:
        """Key prompts of the path."""
        return self.prompts or PATH

    @property
    def middle(self) -> str:
        """The prompt the cloud is around."""
        return (self.prompts or AROUND)[0]

    @property
    def morph(self) -> MorphSpec:
        """The morph whose path it is."""
        return MorphSpec(self.walk, self.frames, model=self.model)

    @property
    def variations(self) -> VariationsSpec:
        """The walk whose cloud it is."""
        return VariationsSpec(
            self.middle,
            count=self.count,
            sigma=self.sigma,
            pull=self.pull,
            walk_seed=self.seed,
            model=self.model,
        )


def python(asked: Collection) -> str:
    """Python that makes the table of these embeddings."""
    plain = Collection()
    changed = [name for name in asked.__dataclass_fields__ if getattr(asked, name) != getattr(plain, name)]
    words = ", ".join(f"{name}={getattr(asked, name)!r}" for name in changed)
    return f"""from lab.diffusion import load
from lab.diffusion.collection import Collection
from lab.diffusion.tabulate import tabulate

*_, table = tabulate(load({asked.model!r}), Collection({words}))"""


def flags(asked: Collection) -> list[str]:
    """What a statistics command takes to make the table of these embeddings."""
    plain, words = Collection(), ["--table", f"prompts:{asked.kind}"]
    words += [word for prompt in asked.prompts for word in ("--prompt", prompt)]
    for name in {"path": ("frames",), "cloud": ("count", "sigma", "pull", "seed")}.get(asked.kind, ()):
        if getattr(asked, name) != getattr(plain, name):
            words += [f"--{name}", str(getattr(asked, name))]
    return words
