"""Principal components derived from similarity: Gram matrix, covariance, kernels, maps from distances.

Knows numpy and torch arrays of shape (n, d); knows neither tables nor pictures.
"""

from .decomposition import Decomposition, decompose
from .kernels import SIMILARITIES, centre_gram, gram
from .parallel import ParallelAnalysis, parallel_analysis
from .scaling import Recovered, flat_map, great_circle, recover_map
from .theorems import EckartYoung, align, eckart_young, total_similarity

__all__ = [
    "SIMILARITIES",
    "Decomposition",
    "EckartYoung",
    "ParallelAnalysis",
    "Recovered",
    "align",
    "centre_gram",
    "decompose",
    "eckart_young",
    "gram",
    "flat_map",
    "great_circle",
    "parallel_analysis",
    "recover_map",
    "total_similarity",
]
