"""A render that a visitor has asked for, as a page sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from lab.jobs import CANCELLED, FAILED, Job


class Wish(Protocol):
    """What may be asked of the engine: it is named by its key."""

    def key(self) -> str:
        """Names the wish; equal keys are one job."""


Asked = TypeVar("Asked", bound=Wish)


@dataclass(frozen=True, eq=False)
class Render(Generic[Asked]):
    """What the visitor has asked to be rendered; `kept` holds the items there were when it was cancelled."""

    spec: Asked
    job: Job
    kept: tuple | None = None

    @property
    def items(self) -> tuple:
        """Items finished so far."""
        return tuple(self.job.items) if self.kept is None else self.kept

    @property
    def live(self) -> bool:
        """Whether more items will come."""
        return self.kept is None and not self.job.over

    @property
    def failed(self) -> bool:
        """Whether the work ended with an error, which `job.error` tells in one sentence."""
        return self.job.state == FAILED

    @property
    def cancelled(self) -> bool:
        """Whether the visitor stopped it."""
        return self.kept is not None or self.job.state == CANCELLED
