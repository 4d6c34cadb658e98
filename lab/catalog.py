"""The single list of experiments: word, title, icon, one sentence, section and sources of each room.

Navigation, cards, page headers, command line help and the contract tests walk this list. A room whose page
file is absent is known here but shown nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECTIONS = ("Stable Diffusion", "Statistics", "Graphs", "Games", "Reading")

NOTEBOOK = "Tom Denton, *inventingsituations.net*"
LIBRARIAN = "the librarian's post on Stable Diffusion as Borges' library"


@dataclass(frozen=True)
class Experiment:
    """One room of the library.

    Attributes
    ----------
    word : str
        Names the module, the page and its address, the figure, the presets and the command.
    title : str
        What stands over the page.
    icon : str
        A symbol of the icon font that ships with Streamlit.
    sentence : str
        One sentence for the card and under the title.
    section : str
        One of `SECTIONS`.
    sources : tuple of str
        Who thought of it, as Markdown.
    """

    word: str
    title: str
    icon: str
    sentence: str
    section: str
    sources: tuple[str, ...] = field(default=(NOTEBOOK,))

    @property
    def page(self) -> Path:
        """Where the page's file is, or would be."""
        return ROOT / "pages" / f"{self.word}.py"


EXPERIMENTS = (
    Experiment(
        "morph",
        "Morph",
        ":material/animation:",
        "Walk from one sentence to another through pictures that nobody has asked for before.",
        "Stable Diffusion",
        (
            NOTEBOOK + ", on walking between text embeddings at a fixed seed",
            "R. Rombach et al., *High-Resolution Image Synthesis with Latent Diffusion Models*, 2022",
        ),
    ),
    Experiment(
        "librarian",
        "Librarian",
        ":material/local_library:",
        "Describe a picture, choose among those the librarian brings, and refine the search.",
        "Stable Diffusion",
        (LIBRARIAN,),
    ),
    Experiment(
        "anatomy",
        "Anatomy",
        ":material/account_tree:",
        "Open Stable Diffusion and look at every tensor of your own picture on its way.",
        "Stable Diffusion",
    ),
    Experiment(
        "mix",
        "Mix",
        ":material/join_inner:",
        "Blend several people into one who looks like none of them.",
        "Stable Diffusion",
    ),
    Experiment(
        "variations",
        "Variations",
        ":material/grain:",
        "A random walk on a short leash around one prompt, as a wall of pictures and as a film.",
        "Stable Diffusion",
    ),
    Experiment(
        "latents",
        "Latents",
        ":material/invert_colors:",
        "Calculate with pictures where the model keeps them, and see how little that space knows.",
        "Stable Diffusion",
    ),
    Experiment(
        "similarity",
        "PCA via similarity",
        ":material/scatter_plot:",
        "Find the principal components of a cloud from nothing but how similar its points are.",
        "Statistics",
        (NOTEBOOK + ", on principal component analysis", "C. Eckart and G. Young, 1936"),
    ),
    Experiment(
        "multiwindow",
        "4D scatter plot",
        ":material/grid_view:",
        "A wall of small windows that shows four variables at once, with nothing drawn but points.",
        "Statistics",
        (
            NOTEBOOK + ", on plotting Iris in four dimensions",
            "E. Tufte, *The Visual Display of Quantitative Information*, p. 114, after P. and J. Tukey, 1981",
        ),
    ),
    Experiment(
        "communities",
        "Finding community",
        ":material/hub:",
        "Recover the blocks of a noisy network without being told how many there are.",
        "Graphs",
        (
            NOTEBOOK + ", on finding community, after a talk by Arash Amini",
            "A. Decelle, F. Krzakala, C. Moore and L. Zdeborová, 2011",
            "A. Saade, F. Krzakala and L. Zdeborová, *Spectral clustering with the Bethe Hessian*, 2014",
        ),
    ),
    Experiment(
        "circles",
        "Social circles",
        ":material/groups:",
        "Guess the circles somebody sorted their friends into, from the friendships alone.",
        "Graphs",
        (
            NOTEBOOK + ", on social circles",
            "Kaggle, *Learning Social Circles in Networks*, 2014",
            "J. McAuley and J. Leskovec, *Learning to Discover Social Circles in Ego Networks*, 2012",
        ),
    ),
    Experiment(
        "roshambo",
        "RoShamBo",
        ":material/back_hand:",
        "Play rock, paper, scissors against a machine that listens to you with a Fourier transform.",
        "Games",
        (
            NOTEBOOK + ", on RoShamBo, parts I to IV",
            "P. Diaconis and M. Shahshahani, 1981, for the upper bound lemma",
            "D. Egnor, *Iocaine Powder*, 1999",
        ),
    ),
    Experiment(
        "shuffling",
        "How many shuffles?",
        ":material/shuffle:",
        "Watch a deck, a cube or a word forget where it began, and hear in a Fourier transform how soon.",
        "Games",
        (
            NOTEBOOK + ", on RoShamBo, part II",
            "P. Diaconis and M. Shahshahani, 1981, for the upper bound lemma",
            "P. Diaconis, *Group Representations in Probability and Statistics*, 1988",
            "D. Bayer and P. Diaconis, *Trailing the dovetail shuffle to its lair*, 1992",
        ),
    ),
    Experiment(
        "reading",
        "Reading room",
        ":material/menu_book:",
        "What the essays argue, in our words, each with the room where one can try the idea.",
        "Reading",
    ),
)


def by_word(word: str) -> Experiment:
    """The experiment of a word.

    Parameters
    ----------
    word : str
        As in the address of its page; a ``KeyError`` names the words there are.
    """
    for experiment in EXPERIMENTS:
        if experiment.word == word:
            return experiment
    raise KeyError(f"no experiment {word!r}; there are {', '.join(e.word for e in EXPERIMENTS)}")


def open_rooms() -> tuple[Experiment, ...]:
    """The experiments whose page exists, in the order of the catalog."""
    return tuple(experiment for experiment in EXPERIMENTS if experiment.page.is_file())


def rooms_by_section() -> dict[str, tuple[Experiment, ...]]:
    """Open rooms of each section that has any, in the order of `SECTIONS`."""
    rooms = {section: tuple(e for e in open_rooms() if e.section == section) for section in SECTIONS}
    return {section: experiments for section, experiments in rooms.items() if experiments}
