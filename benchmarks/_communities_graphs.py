"""The graphs that `benchmarks.communities` draws: a function (vertices, seed) of each family."""

import numpy as np

from lab.communities import block_model, erdos_renyi, planted_partition


def rates(groups, mean_degree, snr):
    """c_in and c_out of groups that seek each other with this signal over noise, or all of them apart."""
    apart = min(groups * np.sqrt(snr * mean_degree), groups * mean_degree)
    return mean_degree + (groups - 1) * apart / groups, mean_degree - apart / groups


def planted(count, seed, isolated=0.0):
    """Two to five equal groups, from just above the threshold to easy."""
    rng = np.random.default_rng([1, seed])
    groups = int(rng.integers(2, 6))
    return planted_partition(
        count, groups, *rates(groups, rng.uniform(3, 10), rng.uniform(1.3, 4)), seed, isolated
    )


def of_shape(shares, shape):
    """A family with these shares of the vertices and these relative affinities, mean degree 5 to 12."""
    shares, shape = np.asarray(shares, float) / np.sum(shares), np.asarray(shape, float)

    def draw(count, seed):
        mean_degree = np.random.default_rng([2, seed]).uniform(5, 12)
        sizes = np.diff(np.round(np.concatenate([[0], np.cumsum(shares)]) * count)).astype(int)
        return block_model(sizes, shape * mean_degree / (shares @ shape @ shares), seed)

    return draw


def disassortative(count, seed):
    """Two or three groups whose members shun each other."""
    rng = np.random.default_rng([3, seed])
    groups = int(rng.integers(2, 4))
    mean_degree, apart = rng.uniform(6, 12), rng.uniform(1.4, 3)
    apart = min(groups * np.sqrt(apart * mean_degree), groups * mean_degree / (groups - 1))
    c_in, c_out = mean_degree - (groups - 1) * apart / groups, mean_degree + apart / groups
    return planted_partition(count, groups, c_in, c_out, seed)


def ring(groups=6, near=0.35, far=0.02):
    """Affinities of blocks in a ring, each linked with the two beside it."""
    own = np.eye(groups)
    return own + near * (np.roll(own, 1, 0) + np.roll(own, -1, 0)) + far


def heavy(count, seed):
    """Equal groups with power-law degrees."""
    rng = np.random.default_rng([4, seed])
    groups = int(rng.integers(2, 5))
    c_in, c_out = rates(groups, rng.uniform(5, 9), rng.uniform(1.5, 3.5))
    affinity = np.full((groups, groups), c_out) + np.eye(groups) * (c_in - c_out)
    sizes = np.full(groups, count // groups)
    return block_model(sizes, affinity, seed, exponent=rng.uniform(2.3, 3.2))


def nothing(count, seed):
    """One group: plain, with power-law degrees, or two that lie below the threshold."""
    rng = np.random.default_rng([5, seed])
    mean_degree = rng.uniform(3, 10)
    if seed % 3 == 0:
        return erdos_renyi(count, mean_degree, seed)
    if seed % 3 == 1:
        return block_model([count], [[mean_degree]], seed, exponent=2.5)
    graph = planted_partition(count, 2, *rates(2, mean_degree, 0.5), seed)
    graph.labels[:] = 0
    return graph


U, V = np.array([1.4, 1.4, 0.6, 0.6]), np.array([1.1, -1.1, 0.45, -0.45])
FAMILIES = {
    "planted": planted,
    "isolated": lambda count, seed: planted(count, seed, 0.17),
    "heavy": heavy,
    "nothing": nothing,
    "unequal": of_shape([60, 25, 15], np.full((3, 3), 0.12) + 0.88 * np.eye(3)),
    "densities": of_shape([1, 1, 1], np.full((3, 3), 0.15) + np.diag([1.6, 0.8, 0.35])),
    "core": of_shape([30, 70], [[1, 0.35], [0.35, 0.08]]),
    "core even": of_shape([40, 60], [[0.9, 0.5], [0.5, 0.2]]),
    "disassortative": disassortative,
    "ring": of_shape([1] * 6, ring()),
    "rank two": of_shape([1] * 4, np.outer(U, U) + 0.8 * np.outer(V, V)),
    "mixed": of_shape([40, 35, 25], [[0.9, 0.1, 0.3], [0.1, 0.1, 0.8], [0.3, 0.8, 0.5]]),
}
