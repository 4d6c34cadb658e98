"""Communities found blind, beside Leiden, Louvain, spectral clustering and the Bayes limit, on fresh graphs.

``python -m benchmarks.communities --families planted,core --sizes 1000 --graphs 5 --seed 0``. A line for each
family, size and method: AMI over the vertices with edges (for graphs with one group: the share that says so),
share of graphs with exactly the right k, seconds of the process' own clock on one thread, and the peak of the
memory so far. The limit is belief propagation that was told the parameters. scikit-learn's spectral
clustering is told k, which no other is.
"""

import argparse
import os
import resource
import time
import warnings
from collections import defaultdict

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402

from lab.communities import recover  # noqa: E402
from lab.communities.modularity import leiden, louvain  # noqa: E402

from ._communities_graphs import FAMILIES  # noqa: E402
from ._communities_limit import agreement, bayes_limit  # noqa: E402

SLOW = {"Louvain": 20_000, "spectral": 3_000}  # vertices up to which a peer is asked


def ours(graph, seed):
    """Labels and number of groups."""
    found = recover(graph.adjacency, seed=seed)
    return found.labels, found.k


def counted(labels, graph):
    """Labels and how many groups they have among the vertices with edges."""
    return labels, len(np.unique(labels[np.diff(graph.adjacency.indptr) > 0]))


def spectral(graph, seed):
    """scikit-learn's spectral clustering, told k."""
    from sklearn.cluster import SpectralClustering

    groups = len(np.unique(graph.labels))
    model = SpectralClustering(groups, affinity="precomputed", random_state=seed, assign_labels="kmeans")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit_predict(graph.adjacency.astype(float)), groups


METHODS = {
    "ours": ours,
    "Leiden": lambda graph, seed: counted(leiden(graph.adjacency, seed), graph),
    "Louvain": lambda graph, seed: counted(louvain(graph.adjacency, seed), graph),
    "spectral": spectral,
}


def measured(family, size, graphs, seed, methods):
    """Mean of (AMI, k exact, seconds) for each method, and of the limit."""
    rows = defaultdict(list)
    for number in range(graphs):
        graph = FAMILIES[family](size, 10_000 * seed + number)
        truth = len(np.unique(graph.labels))
        for name in methods:
            if size > SLOW.get(name, np.inf) or (name == "spectral" and truth == 1):
                continue
            start = time.process_time()
            labels, groups = METHODS[name](graph, number)
            seconds = time.process_time() - start
            right = agreement(graph, labels) if truth > 1 else float(groups == 1)
            rows[name].append((right, groups == truth, seconds))
        if truth > 1:
            start = time.process_time()
            rows["limit"].append((bayes_limit(graph), True, time.process_time() - start))
    return {name: np.mean(values, 0) for name, values in rows.items()}


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--families", default=",".join(FAMILIES))
    parser.add_argument("--sizes", default="1000")
    parser.add_argument("--graphs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1, help="other seeds, other graphs")
    parser.add_argument("--methods", default=",".join(METHODS))
    asked = parser.parse_args()
    print(f"{'family':>15} {'n':>8} {'method':>9} {'AMI':>6} {'k exact':>7} {'seconds':>8} {'peak MB':>8}")
    for size in map(int, asked.sizes.split(",")):
        for family in asked.families.split(","):
            found = measured(family, size, asked.graphs, asked.seed, asked.methods.split(","))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
            for name, (right, exact, seconds) in found.items():
                told = f"{family:>15} {size:>8} {name:>9} {right:6.3f} {exact:7.2f} {seconds:8.2f}"
                print(f"{told} {peak:8.0f}", flush=True)


if __name__ == "__main__":
    main()
