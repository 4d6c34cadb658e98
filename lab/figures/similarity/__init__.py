"""The derivation of principal components in pictures, and the scores of real tables."""

from .cloud import draw_cloud, draw_sweep
from .digits import draw_digit
from .heat import draw_errors, draw_gram, order_by
from .maps import draw_map
from .scores import draw_biplot, draw_routes, draw_scores, draw_scores_3d
from .spectrum import draw_cumulative, draw_scree
from .steps import draw, on_paper

__all__ = [
    "draw",
    "on_paper",
    "draw_biplot",
    "draw_cloud",
    "draw_cumulative",
    "draw_digit",
    "draw_errors",
    "draw_gram",
    "draw_map",
    "draw_routes",
    "draw_scores",
    "draw_scores_3d",
    "draw_scree",
    "draw_sweep",
    "order_by",
]
