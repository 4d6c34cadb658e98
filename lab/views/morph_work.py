"""A morph as work for the engine: for the model of this server, or for the workers of a cluster."""

from __future__ import annotations

from collections.abc import Iterator

from lab import cluster
from lab.diffusion.spec import MorphSpec
from lab.jobs import Ticket, Work
from lab.views import pipelines


def work(spec: MorphSpec) -> Work:
    """Work for the engine: a complete morph, rendered on the cluster where one is set."""
    if cluster.scheduler():
        return _on_cluster(spec)
    return pipelines.work(spec, pipelines.morph_calls(spec), pipelines.morph_frames)


def _on_cluster(spec: MorphSpec) -> Work:
    """Work that asks the workers of a cluster; no model is loaded here."""

    def perform(ticket: Ticket) -> Iterator[pipelines.Shown]:
        from lab.diffusion import far
        from lab.figures.morph import encode

        told = ticket.job.remarks
        for frame, recipe in far.frames(spec, lambda: ticket.cancelled, ticket.progress, told):
            yield pipelines.Shown(frame, encode(frame.image), recipe)

    return perform
