"""A job as its owner and its work see it: state, finished items, progress, a way to give it up."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

WAITING, RUNNING, DONE, CANCELLED, FAILED = "waiting", "running", "done", "cancelled", "failed"

log = logging.getLogger(__name__)


class Line(Protocol):
    """What a job asks of the engine it stands in."""

    def place(self, job: Job) -> int: ...  # noqa: D102
    def seconds_left(self, job: Job) -> float | None: ...  # noqa: D102
    def release(self, job: Job, visitor: str) -> None: ...  # noqa: D102


@dataclass(frozen=True)
class Ticket:
    """What the work sees of its job: whether to stop, and where to tell its progress."""

    job: Job

    @property
    def cancelled(self) -> bool:
        """True once nobody wants the result any more; look at it between denoising steps."""
        return self.job.abandoned

    def progress(self, done: float, total: float) -> None:
        """Tell that `done` of `total` equal pieces of work are finished."""
        self.job.fraction = min(1.0, max(0.0, done / total)) if total > 0 else 0.0


Work = Callable[[Ticket], Iterator[object]]


@dataclass(eq=False)
class Job:
    """One piece of work and what became of it so far; shared by all visitors who asked for the same key."""

    key: str
    work: Work | None = field(repr=False)
    engine: Line = field(repr=False)
    expected: float | None = None
    visitors: set[str] = field(default_factory=set)
    state: str = WAITING
    items: list = field(default_factory=list, repr=False)
    fraction: float = 0.0
    remarks: list[str] = field(default_factory=list)
    error: str = ""
    arrival: int = 0
    abandoned: bool = False
    started: float | None = None
    ended: float | None = None
    _finished: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def place(self) -> int:
        """Jobs that come first: 0 when this one runs or is over."""
        return self.engine.place(self)

    @property
    def seconds(self) -> float:
        """Seconds of work so far."""
        return 0.0 if self.started is None else (self.ended or time.monotonic()) - self.started

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the last item, the wait in the line included; None while nothing is known."""
        return self.engine.seconds_left(self)

    @property
    def over(self) -> bool:
        """True when no further item will come."""
        return self._finished.is_set()

    def cancel(self, visitor: str) -> None:
        """Give up one visitor's share; the work stops at its next step when no share is left."""
        self.engine.release(self, visitor)

    def wait(self, timeout: float | None = None) -> bool:
        """Block until the job is over; False when `timeout` seconds passed first."""
        return self._finished.wait(timeout)


def collect(job: Job) -> str:
    """Iterate the work into `job.items`; returns the state it ended in."""
    log.info("job %s begins", job.key)
    try:
        assert job.work is not None, "the work was done before"
        for item in job.work(Ticket(job)):
            job.items.append(item)
            if job.abandoned:
                break
        return CANCELLED if job.abandoned else DONE
    except BaseException as error:  # the thread must outlive whatever the work raises
        if job.abandoned:
            return CANCELLED
        log.exception("job %s failed", job.key)
        job.error = one_sentence(error)
        return FAILED
    finally:
        job.work = None  # what the closure held (a model) is free; the items stay


def own_seconds_left(job: Job) -> float | None:
    """Seconds of work this job still needs, by its progress or else by what was expected; None: unknown."""
    if job.over:
        return 0.0
    if job.state == RUNNING and job.fraction > 0:
        return job.seconds * (1 - job.fraction) / job.fraction
    return None if job.expected is None else max(0.0, job.expected - job.seconds)


def one_sentence(error: BaseException, limit: int = 240) -> str:
    """The first line of an error's message, with a capital and a full stop, never empty."""
    text = next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    text = text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
    return text[:1].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def weigh(item: object) -> int:
    """Bytes an item holds: its own, or those of its attributes, at least 64."""
    if hasattr(item, "nbytes"):
        return int(item.nbytes)
    if isinstance(item, bytes | bytearray | str):
        return len(item)
    return 64 + sum(weigh(value) for value in vars(item).values()) if hasattr(item, "__dict__") else 64
