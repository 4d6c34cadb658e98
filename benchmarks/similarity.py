"""decompose(route="auto") beside scikit-learn's own auto, in one run: ``python benchmarks/similarity.py``.

Prints one line per shape: both times (best of several), their ratio, the route taken and the largest relative
difference of the explained variances. On pure noise a randomised method is approximate; on data
with a spectrum that decays both agree.
"""

import argparse
import time

import numpy as np
from sklearn.decomposition import PCA, KernelPCA

from lab.similarity import decompose

SHAPES = (
    (100, 5, 2), (150, 4, 2), (569, 30, 5), (1_797, 64, 10), (1_000, 200, 10), (300, 3_000, 5), (700, 600, 5),
    (2_000, 1_500, 10), (20_000, 50, 5), (10_000, 700, 10), (4_000, 4_000, 20), (200, 20_000, 10),
)  # fmt: skip
LARGE = ((200, 100_000, 10), (100_000, 200, 10), (1_000_000, 50, 10))
KERNELS = ((500, 10, 3), (2_000, 10, 3))


def samples(n, d, kind, rng):
    """Noise, or columns whose spread decays like 1/j."""
    X = rng.standard_normal((n, d))
    if kind == "decay":
        X /= np.arange(1, d + 1)
    return X


def best(call, seconds):
    """Shortest of the calls that fit into the given time, at least two, and the last result."""
    times, end = [], time.perf_counter() + seconds
    while len(times) < 2 or (time.perf_counter() < end and len(times) < 30):
        start = time.perf_counter()
        result = call()
        times.append(time.perf_counter() - start)
    return min(times), result


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", action="store_true", help="leave out the three largest shapes")
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each measurement")
    asked = parser.parse_args()
    rng = np.random.default_rng(0)
    head = f"{'shape':>16} {'k':>3} {'data':>7} {'ours ms':>9} {'theirs ms':>9} {'ratio':>6}"
    print(f"{head} {'route':>11} {'difference':>10}")
    for n, d, k in SHAPES + (() if asked.small else LARGE):
        for kind in ("noise", "decay"):
            X = samples(n, d, kind, rng)
            peer = PCA(k, random_state=0)
            theirs, _ = best(lambda X=X, peer=peer: peer.fit_transform(X), asked.seconds)
            ours, found = best(lambda X=X, k=k: decompose(X, k), asked.seconds)
            difference = np.abs(found.explained_variance / peer.explained_variance_ - 1).max()
            tell(n, d, k, kind, ours, theirs, found.route, difference)
    for n, d, k in KERNELS:
        X = samples(n, d, "noise", rng)
        peer = KernelPCA(k, kernel="rbf")
        theirs, _ = best(lambda X=X, peer=peer: peer.fit_transform(X), asked.seconds)
        ours, found = best(lambda X=X, k=k: decompose(X, k, similarity="rbf"), asked.seconds)
        difference = np.abs(found.explained_variance * (n - 1) / peer.eigenvalues_ - 1).max()
        tell(n, d, k, "rbf", ours, theirs, found.route, difference)


def tell(n, d, k, kind, ours, theirs, route, difference):
    """One line of the table."""
    times = f"{1e3 * ours:9.2f} {1e3 * theirs:9.2f} {ours / theirs:6.2f}"
    print(f"{f'{n} x {d}':>16} {k:>3} {kind:>7} {times} {route:>11} {difference:10.1e}", flush=True)


if __name__ == "__main__":
    main()
