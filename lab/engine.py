"""The one worker that owns the device: a fair, bounded queue of cancellable work.

Knows no Streamlit and no torch. Work is a function that takes a `Ticket` and yields items (frames); the
engine collects them, so that whoever looks at the `Job` sees what is finished so far. Equal keys are computed
once: who asks for a job that waits, runs or is remembered joins it, until its bytes are needed.

Fairness: a visitor has at most one job that runs and one that waits (a newer wish replaces the waiting one),
and enters the line with the second only when the first has been served.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections import OrderedDict

from lab.jobs import CANCELLED, DONE, RUNNING, WAITING, Job, Work, collect, own_seconds_left, weigh

log = logging.getLogger(__name__)


class EngineFullError(RuntimeError):
    """The line is as long as it may get; the message is a sentence for the visitor."""


class Engine:
    """A bounded queue in front of `worker_count` threads, which start with the first job.

    Parameters
    ----------
    worker_count : int
        Threads; one per device.
    limit : int
        Jobs that may wait at the same time.
    cache_bytes : int
        Bytes of finished items that are remembered, oldest use forgotten first.
    """

    def __init__(self, worker_count: int = 1, limit: int = 64, cache_bytes: int = 64 * 2**20):
        self.worker_count, self.limit, self.cache_bytes = worker_count, limit, cache_bytes
        self._change = threading.Condition()
        self._waiting: list[Job] = []
        self._running: list[Job] = []
        self._finished: OrderedDict[str, tuple[Job, int]] = OrderedDict()
        self._arrivals = itertools.count()
        self._threads: list[threading.Thread] = []
        self._closed = False

    def submit(self, visitor: str, key: str, work: Work, expected: float | None = None) -> Job:
        """Join the job of this key or stand in line with a new one.

        Parameters
        ----------
        visitor : str
            Who asks (a session id).
        key : str
            Names the result; equal keys must mean equal items.
        work : callable
            Takes a `Ticket`, yields items in order.
        expected : float, optional
            Seconds it will probably take, for the time told to those behind.

        Raises
        ------
        EngineFullError
            When `limit` jobs wait already.
        """
        with self._change:
            if self._closed:
                raise EngineFullError("The engine is closed: start the app again.")
            job = self._known(key)
            if job is None:
                self._release_waiting(visitor)
                if len(self._waiting) >= self.limit:
                    raise EngineFullError(
                        f"{self.limit} jobs are waiting, which is the limit: try again in a minute."
                    )
                job = Job(key, work, self, expected, arrival=next(self._arrivals))
                self._waiting.append(job)
            elif job.state == WAITING and visitor not in job.visitors:
                self._release_waiting(visitor)
            if not job.over:
                job.visitors.add(visitor)
            self._start_threads()
            self._change.notify_all()
            return job

    def release(self, job: Job, visitor: str) -> None:
        """Take a visitor's share out of a job; see `Job.cancel`."""
        with self._change:
            job.visitors.discard(visitor)
            if job.visitors or job.over:
                return
            job.abandoned = True
            if job in self._waiting:
                self._waiting.remove(job)
                self._end(job, CANCELLED)

    def withdraw(self, visitor: str) -> None:
        """Release everything a visitor asked for (the session has closed)."""
        with self._change:
            for job in [*self._waiting, *self._running]:
                if visitor in job.visitors:
                    self.release(job, visitor)

    def place(self, job: Job) -> int:
        """Jobs before this one in the line, the running ones included; 0 once it runs."""
        with self._change:
            line = self._line()
            return line.index(job) + max(1, len(self._running)) if job in line else 0

    def seconds_left(self, job: Job) -> float | None:
        """Time until the end of `job` by measured progress, or by `expected` while it has not begun."""
        with self._change:
            line = self._line()
            ahead = [*self._running, *line[: line.index(job) + 1]] if job in line else [job]
            times = [time for each in ahead if (time := own_seconds_left(each)) is not None]
        return sum(times) / self.worker_count if len(times) == len(ahead) else None

    def audience(self) -> int:
        """Number of visitors whose jobs are not over."""
        with self._change:
            return len(set().union(*(job.visitors for job in [*self._running, *self._waiting])))

    def close(self, timeout: float = 10.0) -> None:
        """Abandon everything and end the threads."""
        with self._change:
            self._closed = True
            for job in [*self._waiting, *self._running]:
                for visitor in list(job.visitors):
                    self.release(job, visitor)
            self._change.notify_all()
        for thread in self._threads:
            thread.join(timeout)

    def _known(self, key: str) -> Job | None:
        """The job of this key that is finished, runs or waits, unless it was abandoned."""
        if key in self._finished:
            self._finished.move_to_end(key)
            return self._finished[key][0]
        return next(
            (job for job in [*self._running, *self._waiting] if job.key == key and not job.abandoned), None
        )

    def _release_waiting(self, visitor: str) -> None:
        for job in [job for job in self._waiting if visitor in job.visitors]:
            self.release(job, visitor)

    def _line(self) -> list[Job]:
        """Waiting jobs in serving order: those whose visitors are being served right now come last."""
        served = set().union(*(job.visitors for job in self._running))
        return sorted(self._waiting, key=lambda job: (job.visitors <= served, job.arrival))

    def _start_threads(self) -> None:
        while len(self._threads) < self.worker_count:
            thread = threading.Thread(target=self._serve, name=f"engine-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        """Take the first of the line, work it off, again and again."""
        while True:
            with self._change:
                self._change.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                job = self._line()[0]
                self._waiting.remove(job)
                self._running.append(job)
                job.state, job.started = RUNNING, time.monotonic()
            state = collect(job)
            with self._change:
                self._running.remove(job)
                self._back_of_the_line(job.visitors)
                self._end(job, state)
                self._change.notify_all()

    def _back_of_the_line(self, served: set[str]) -> None:
        """A visitor's second job arrives, for the order, when the first has been served."""
        for job in sorted(self._waiting, key=lambda job: job.arrival):
            if job.visitors <= served:
                job.arrival = next(self._arrivals)

    def _end(self, job: Job, state: str) -> None:
        job.ended, job.state = time.monotonic(), state
        log.info("job %s %s after %.1f s", job.key, state, job.seconds)
        if state == DONE:
            job.fraction = 1.0
            self._remember(job)
        job._finished.set()

    def _remember(self, job: Job) -> None:
        weight = sum(weigh(item) for item in job.items)
        if weight > self.cache_bytes:
            return
        self._finished[job.key] = (job, weight)
        while sum(bytes_ for _, bytes_ in self._finished.values()) > self.cache_bytes:
            self._finished.popitem(last=False)
