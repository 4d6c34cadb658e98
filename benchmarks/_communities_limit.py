"""What is possible on a graph: belief propagation that was told the parameters, not the groups."""

from dataclasses import replace

import numpy as np
import torch

from lab.communities.agreement import mutual_information
from lab.communities.links import links_of
from lab.communities.propagation import begin, propagate


def agreement(graph, labels):
    """AMI over the vertices with edges."""
    linked = np.diff(graph.adjacency.indptr) > 0
    return mutual_information(graph.labels[linked], labels[linked])


def bayes_limit(graph):
    """AMI of the marginals with the true shares, affinity and propensities.

    From the true groups and from near nothing; the state of greater evidence counts.
    """
    groups, counts = len(graph.affinity), np.bincount(graph.labels, minlength=len(graph.affinity))
    links = links_of(graph.adjacency, corrected=False)
    links = replace(links, theta=torch.from_numpy(graph.propensities.astype(np.float32)))
    known = {
        "shares": torch.from_numpy((counts / counts.sum()).astype(np.float32)),
        "affinity": torch.from_numpy(graph.affinity.astype(np.float32)).clamp_min(1e-6),
    }
    ends = [
        propagate(links, replace(begin(links, graph.labels, groups, faith), **known), 150, structure=None)
        for faith in (0.9, 1 / groups + 0.02)
    ]
    return agreement(graph, max(ends, key=lambda state: state.evidence).marginals.argmax(1).numpy())
