"""decompose(route="auto") beside scikit-learn's own auto, in one run: ``python -m benchmarks.similarity``.

One line a shape: both times (the shortest of several, taken in turns), their ratio, the route, and how
far the scores of each lie from those of scikit-learn's exact solver, as a share of the largest score. On
pure noise scikit-learn's auto takes a randomised method that is fast and wrong; ours stays exact there.
The clock is the process' own (``--wall`` for the one on the wall), with one thread, so that a busy machine
does not change the ratio.
"""

import argparse
import os
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402
from sklearn.decomposition import PCA, KernelPCA  # noqa: E402

from lab.similarity import align, decompose  # noqa: E402

SHAPES = (
    (100, 5, 2), (150, 4, 2), (569, 30, 5), (1_797, 64, 10), (1_000, 200, 10), (500, 500, 10),
    (300, 3_000, 5), (700, 600, 5), (1_000, 800, 10), (1_000, 1_000, 50), (1_500, 1_200, 10),
    (2_000, 2_000, 10), (20_000, 50, 5), (10_000, 700, 10), (4_000, 4_000, 20), (200, 20_000, 10),
    (1_000, 20_000, 10), (100_000, 20, 5), (200, 100_000, 10), (100_000, 200, 10), (1_000_000, 50, 10),
)  # fmt: skip
KERNELS = ((500, 10, 3), (2_000, 10, 3), (3_000, 10, 20))
EXACT_CELLS = 2e7  # beyond, scikit-learn's exact solver is not asked for


def samples(n, d, kind, rng):
    """Noise, or columns whose spread decays like 1/j."""
    X = rng.standard_normal((n, d))
    if kind == "decay":
        X /= np.arange(1, d + 1)
    return X


def in_turns(calls, seconds, clock):
    """Shortest time of each call, taken in turns at least twice, and the last results."""
    best, results, end = [float("inf")] * len(calls), [None] * len(calls), time.perf_counter() + seconds
    for turn in range(200):
        for i, call in enumerate(calls):
            start = clock()
            results[i] = call()
            best[i] = min(best[i], clock() - start)
        if turn and time.perf_counter() > end:
            break
    return best, results


def off(scores, exact):
    """Largest difference as a share of the largest score; NaN where nothing exact is known."""
    return np.nan if exact is None else np.abs(align(scores, exact) - exact).max() / np.abs(exact).max()


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", default="1/1", help="every b-th shape beginning with the a-th: a/b")
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each line, at least two turns")
    parser.add_argument("--wall", action="store_true", help="the clock on the wall, not the process' own")
    asked = parser.parse_args()
    clock = time.perf_counter if asked.wall else time.process_time
    first, step = map(int, asked.part.split("/"))
    rng = np.random.default_rng(0)
    head = f"{'shape':>16} {'k':>3} {'data':>7} {'ours ms':>9} {'theirs ms':>9} {'ratio':>6}"
    print(f"{head} {'route':>11} {'ours off':>9} {'theirs off':>10}")
    lines = [(*shape, kind) for shape in SHAPES for kind in ("noise", "decay")]
    lines += [(*shape, "rbf") for shape in KERNELS]
    for n, d, k, kind in lines[first - 1 :: step]:
        X, rbf = samples(n, d, kind, rng), kind == "rbf"
        peer = KernelPCA(k, kernel="rbf") if rbf else PCA(k, random_state=0)
        calls = (
            lambda X=X, k=k, rbf=rbf: decompose(X, k, similarity="rbf" if rbf else "linear"),
            lambda X=X, peer=peer: peer.fit_transform(X),
        )
        (ours, theirs), (found, scores) = in_turns(calls, asked.seconds, clock)
        tell(n, d, k, kind, ours, theirs, found, scores, exact_scores(X, k, rbf))


def exact_scores(X, k, rbf):
    """What scikit-learn's exact solver says, or None where that would take too long."""
    if rbf:
        return KernelPCA(k, kernel="rbf", eigen_solver="dense").fit_transform(X)
    if X.size > EXACT_CELLS or X.size * min(X.shape) > 1e10:
        return None
    return PCA(k, svd_solver="full").fit_transform(X)


def tell(n, d, k, kind, ours, theirs, found, scores, exact):
    """One line of the table."""
    times = f"{1e3 * ours:9.2f} {1e3 * theirs:9.2f} {ours / theirs:6.2f}"
    distances = f"{off(found.scores, exact):9.0e} {off(scores, exact):10.0e}"
    print(f"{f'{n} x {d}':>16} {k:>3} {kind:>7} {times} {found.route:>11} {distances}", flush=True)


if __name__ == "__main__":
    main()
