"""Where work goes when one machine is outgrown: many processes here, or the workers of a Dask cluster.

The only module that knows of Dask, and the home of the one setting there is: the environment variable
LATENT_LIBRARY_DASK holds the address of a scheduler, like ``tcp://10.0.0.1:8786``. Start the cluster outside
of the app, from a checkout of the same version on each machine::

    dask scheduler --port 8786
    LATENT_LIBRARY_CACHE=... dask worker tcp://10.0.0.1:8786 --nthreads 1

A Dask worker executes whatever its scheduler sends: keep its ports on a private network.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dask.distributed import Client

VARIABLE = "LATENT_LIBRARY_DASK"
PATIENCE = 30.0  # seconds for a scheduler to answer and for a first worker to appear
LOOK = 0.02  # seconds between two looks whether a piece has come or nobody wants them any more

Item = TypeVar("Item")
Piece = TypeVar("Piece")


def scheduler() -> str | None:
    """Address of the Dask scheduler, or None: work stays on this machine."""
    return os.environ.get(VARIABLE, "").strip() or None


def spread(
    function: Callable[[Item], Piece],
    items: Iterable[Item],
    workers: int = 1,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[int, Piece]]:
    """Results of a function for many items, each with the item's number, in the order in which they come.

    Every number comes once, even where a worker of the cluster dies: what it had is computed anew by another.
    Leaving the iteration, or `cancelled`, takes back what has not begun.

    Parameters
    ----------
    function : callable
        Of a module, so that another process finds it; its result depends on the item alone.
    items : iterable
    workers : int
        Processes of this machine; 1: this one. Passed over where a scheduler is set.
    cancelled : callable
        Asked between two results.

    Raises
    ------
    ValueError
        With one sentence, if the scheduler or its workers cannot be reached, or Dask is not installed.
    """
    if address := scheduler():
        yield from _on_cluster(address, function, list(items), cancelled)
    elif workers == 1:
        for number, item in enumerate(items):
            if cancelled():
                return
            yield number, function(item)
    else:
        yield from _in_processes(function, list(items), workers, cancelled)


def _in_processes(function, items, workers, cancelled):
    from joblib import Parallel, delayed

    parallel = Parallel(n_jobs=workers, return_as="generator_unordered", pre_dispatch="2*n_jobs")
    results = parallel(delayed(_numbered)(function, number, item) for number, item in enumerate(items))
    try:
        for result in results:
            yield result
            if cancelled():
                return
    finally:
        results.close()


def _numbered(function, number, item):
    return number, function(item)


def _on_cluster(address, function, items, cancelled):
    with connected(address) as client:
        from dask.distributed import as_completed

        futures = client.map(function, items, pure=False, batch_size=1000)
        numbers = {future.key: number for number, future in enumerate(futures)}
        coming, heard = as_completed(futures, loop=client.loop), time.monotonic()
        try:
            while not coming.is_empty():
                ready = coming.next_batch(block=False)
                for future in ready:
                    yield numbers[future.key], future.result()
                if cancelled():
                    return
                heard = time.monotonic() if ready else heard
                if not ready:
                    _check_alive(client, address, heard)
                    time.sleep(LOOK)
        finally:
            client.cancel(futures, force=True)


def _check_alive(client, address, heard):
    """Complain when nothing has come for long and no worker is left to bring anything."""
    silent = time.monotonic() - heard
    if client.status not in ("running", "connecting") or (silent > PATIENCE and not client.nthreads()):
        raise ValueError(
            f"The cluster at {address} has lost its scheduler or all its workers: start them again, or "
            f"unset {VARIABLE}."
        )


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Lend a client of the scheduler at an address, once it has a worker.

    Parameters
    ----------
    address : str
        As ``tcp://host:8786``.

    Raises
    ------
    ValueError
        One sentence, where nobody answers or no worker has come.
    """
    try:
        from dask.distributed import Client
    except ImportError:
        raise ValueError(
            f"{VARIABLE} names a scheduler, but Dask is not installed: pip install distributed."
        ) from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise ValueError(
            f"No Dask scheduler answers at {address} within {PATIENCE:.0f} seconds: start one, or "
            f"unset {VARIABLE}."
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise ValueError(
                f"The Dask scheduler at {address} has no worker: start one with dask worker {address}."
            ) from None
        yield client
