"""Tables made by a formula: clouds one can understand completely."""

from functools import cache

import numpy as np

from .table import Table

MADE = {
    "oval": ("Oval cloud", "200 points of a Gaussian cloud, 2.4 times as long as wide, turned by 32 degrees"),
    "rings": ("Three rings", "300 points on three noisy circles: no straight axis can part them"),
    "gas": ("Ideal gas", "1200 simulated vessels of an ideal gas, pV = nRT, measured with an error of 3 %"),
    "penguins": (
        "Penguins, made up",
        "333 invented birds of three species, with means and spreads near those that "
        "K. Gorman et al. measured, 2014; none of them was ever weighed",
    ),
    "lorenz": ("Lorenz attractor", "400 000 moments of 800 paths of the weather model of E. Lorenz, 1963"),
}
MEASURES = ("bill length (mm)", "bill depth (mm)", "flipper length (mm)", "body mass (g)")
GRAIN = np.array([0.1, 0.1, 1, 10])  # to which each is rounded
PENGUINS = (  # mean and standard deviation of each measure
    ("Adélie", ((38.8, 2.7), (18.3, 1.2), (190, 6.5), (3700, 460))),
    ("chinstrap", ((48.8, 3.3), (18.4, 1.1), (196, 7.1), (3730, 385))),
    ("gentoo", ((47.5, 3.1), (15.0, 1.0), (217, 6.5), (5080, 500))),
)
GAS_CONSTANT = 8.314462618  # J / (mol K)


@cache
def make(word: str) -> Table:
    """A made table by its word; the same every time."""
    title, note = MADE[word]
    columns, texts = MAKERS[word]()
    return Table(title, columns, texts, note)


def oval(n=200, length=2.4, degrees=32.0, centre=(0.0, 0.0), seed=7) -> np.ndarray:
    """Gaussian cloud (n, 2) with standard deviations ``length`` and 1 along axes turned by ``degrees``."""
    turn = np.radians(degrees)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return np.random.default_rng(seed).standard_normal((n, 2)) * [length, 1.0] @ axes + np.asarray(centre)


def _oval():
    return dict(zip(("x", "y"), oval().T, strict=True)), {}


def _rings():
    rng = np.random.default_rng(11)
    ring = np.repeat([1, 2, 3], 100)
    angle = rng.uniform(0, 2 * np.pi, 300)
    radius = np.array([0.3, 1.6, 3.0])[ring - 1] + 0.12 * rng.standard_normal(300)
    names = np.array(["inner", "middle", "outer"])[ring - 1]
    return {"x": radius * np.cos(angle), "y": radius * np.sin(angle)}, {"ring": names}


def _gas():
    """Temperature, amount and volume are drawn, pressure follows from them."""
    rng = np.random.default_rng(1834)
    temperature, amount = rng.uniform(250, 650, 1200), rng.uniform(0.5, 4.5, 1200)
    volume = np.exp(rng.uniform(np.log(0.02), np.log(0.2), 1200))  # m3
    pressure = amount * GAS_CONSTANT * temperature / volume / 1e5 * (1 + 0.03 * rng.standard_normal(1200))
    columns = {"temperature (K)": temperature, "amount (mol)": amount}
    columns |= {"volume (l)": 1000 * volume, "pressure (bar)": pressure}
    return columns, {"vessel": np.where(temperature < 450, "cool", "hot")}


def _penguins():
    """Gaussian birds: one common size, in which the sexes differ, and each measure's own noise.

    Within a species every two measures rise together; over all birds bill depth falls with bill length,
    since the species lie the other way round: Simpson's paradox. Means and spreads are near those of the
    birds of Gorman, Williams and Fraser (2014), PLoS ONE 9; the correlation is 0.55 throughout.
    """
    rng = np.random.default_rng(2014)
    species = np.repeat(np.arange(len(PENGUINS)), [146, 68, 119])
    male = rng.random(len(species)) < 0.5
    size = 0.8 * np.where(male, 1, -1) + 0.6 * rng.standard_normal(len(species))  # variance 1
    own = rng.standard_normal((len(species), len(MEASURES)))
    kinds = np.array([numbers for _, numbers in PENGUINS], dtype=float)[species]  # (n, measures, 2)
    X = kinds[..., 0] + kinds[..., 1] * (0.55**0.5 * size[:, None] + 0.45**0.5 * own)
    names = np.array([name for name, _ in PENGUINS])[species]
    columns = dict(zip(MEASURES, (np.round(X / GRAIN) * GRAIN).T, strict=True))
    return columns, {"species": names, "sex": np.where(male, "male", "female")}


def _lorenz(paths=800, moments=500, step=0.02):
    """Runge-Kutta of fourth order for many paths at once, sigma = 10, rho = 28, beta = 8/3."""
    state = np.random.default_rng(1963).standard_normal((3, paths)) + [[0.0], [0.0], [25.0]]
    seen = np.empty((moments, 4, paths))
    for moment in range(-250, moments):  # the first 250 steps bring every path to the attractor
        flow = _lorenz_flow(state)
        if moment >= 0:
            seen[moment] = [*state, np.sqrt((flow**2).sum(0))]
        second = _lorenz_flow(state + step / 2 * flow)
        third = _lorenz_flow(state + step / 2 * second)
        state = state + step / 6 * (flow + 2 * second + 2 * third + _lorenz_flow(state + step * third))
    names = ("convection x", "contrast y", "profile z", "speed")
    return dict(zip(names, seen.transpose(1, 0, 2).reshape(4, -1), strict=True)), {}


def _lorenz_flow(state):
    x, y, z = state
    return np.array([10 * (y - x), x * (28 - z) - y, x * y - 8 / 3 * z])


MAKERS = {"oval": _oval, "rings": _rings, "gas": _gas, "penguins": _penguins, "lorenz": _lorenz}
