"""The engine as transcripts: who asks, what is computed, who gets what, in which order."""

import threading
from collections import Counter

import numpy as np
import pytest

from lab.engine import Engine, EngineFullError
from lab.jobs import CANCELLED, DONE, FAILED, RUNNING, WAITING, one_sentence

WAIT = 20  # seconds after which a test gives up, never a measure


@pytest.fixture
def engine():
    engine = Engine()
    yield engine
    engine.close()


class Gate:
    """Work that yields `count` numbers, one each time the test opens the gate."""

    def __init__(self, count=3):
        self.count, self.entered, self.steps = count, threading.Event(), threading.Semaphore(0)
        self.calls = 0

    def __call__(self, ticket):
        self.calls += 1
        self.entered.set()
        for index in range(self.count):
            while not self.steps.acquire(timeout=0.01):
                if ticket.cancelled:
                    return
            ticket.progress(index + 1, self.count)
            yield index

    def open(self, steps=None):
        for _ in range(self.count if steps is None else steps):
            self.steps.release()


def numbers(*values):
    return lambda ticket: iter(values)


def hold(engine, visitor="holder"):
    """Occupy the worker until the returned gate opens."""
    gate = Gate(1)
    job = engine.submit(visitor, f"hold-{visitor}", gate)
    assert gate.entered.wait(WAIT)
    return gate, job


def test_items_come_in_order_and_the_job_is_done(engine):
    job = engine.submit("ann", "k", numbers(1, 2, 3))
    assert job.wait(WAIT)
    assert (job.items, job.state, job.fraction, job.place, job.seconds_left) == ([1, 2, 3], DONE, 1.0, 0, 0.0)


def test_finished_items_are_visible_while_the_rest_is_computed(engine):
    gate = Gate(3)
    job = engine.submit("ann", "k", gate)
    seen = threading.Event()
    gate.open(2)
    for _ in range(2000):
        if len(job.items) == 2 or seen.wait(0.01):
            break
    assert job.items == [0, 1] and job.state == RUNNING and not job.over
    assert job.fraction == pytest.approx(2 / 3) and job.seconds_left > 0
    gate.open()
    assert job.wait(WAIT) and job.items == [0, 1, 2]


def test_equal_keys_are_computed_once_and_shared_before_during_and_after(engine):
    gate, _ = hold(engine)
    work = Gate(2)
    waiting = [engine.submit(name, "same", work) for name in ("ann", "bob")]
    gate.open()
    assert work.entered.wait(WAIT)
    running = engine.submit("cyd", "same", work)
    work.open()
    assert running.wait(WAIT)
    after = engine.submit("dan", "same", work)
    assert after.over and work.calls == 1
    assert {id(job) for job in [*waiting, running, after]} == {id(running)}


def test_one_of_two_sharers_cancels_and_the_other_still_gets_everything(engine):
    work = Gate(2)
    job = engine.submit("ann", "k", work)
    engine.submit("bob", "k", work)
    job.cancel("ann")
    work.open()
    assert job.wait(WAIT) and job.state == DONE and job.items == [0, 1]


def test_when_all_sharers_cancel_the_work_stops_and_keeps_what_it_has(engine):
    work = Gate(3)
    job = engine.submit("ann", "k", work)
    engine.submit("bob", "k", work)
    work.open(1)
    while not job.items:
        assert not job.wait(0.005)
    job.cancel("ann")
    job.cancel("bob")
    assert job.wait(WAIT) and job.state == CANCELLED and job.items == [0]


def test_a_cancelled_key_is_computed_anew(engine):
    first = engine.submit("ann", "k", Gate(2))
    first.cancel("ann")
    second = engine.submit("ann", "k", numbers(7))
    assert second.wait(WAIT) and second is not first and second.items == [7]


def test_a_waiting_job_that_is_cancelled_never_begins(engine):
    gate, _ = hold(engine)
    work = Gate(1)
    job = engine.submit("ann", "k", work)
    assert job.state == WAITING and job.place == 1
    job.cancel("ann")
    gate.open()
    assert job.over and job.state == CANCELLED and work.calls == 0


def test_a_failure_gives_one_sentence_keeps_the_items_and_the_worker_lives_on(engine):
    def work(ticket):
        yield 1
        raise ValueError("the seed 2**64 is too large: choose one below 2**63\nTraceback ...")

    job = engine.submit("ann", "k", work)
    assert job.wait(WAIT) and job.state == FAILED and job.items == [1]
    assert job.error == "The seed 2**64 is too large: choose one below 2**63."
    again = engine.submit("ann", "k", numbers(2))
    assert again.wait(WAIT) and again.items == [2], "a failed key is tried again"


def test_even_an_exit_in_the_work_leaves_the_worker_alive(engine):
    def work(ticket):
        raise SystemExit
        yield

    assert engine.submit("ann", "k", work).wait(WAIT)
    assert engine.submit("ann", "l", numbers(1)).wait(WAIT)


def test_a_visitor_has_one_waiting_job_and_the_newest_wish_counts(engine):
    gate, _ = hold(engine, "ann")
    older, newer = (engine.submit("ann", key, numbers(key)) for key in ("older", "newer"))
    assert older.state == CANCELLED and newer.state == WAITING
    gate.open()
    assert newer.wait(WAIT) and newer.items == ["newer"] and older.items == []


def test_a_second_job_comes_after_everybody_who_arrived_while_the_first_was_served(engine):
    gate, _ = hold(engine, "ann")
    order = []

    def note(name):
        return lambda ticket: iter([order.append(name)])

    jobs = [engine.submit(visitor, visitor, note(visitor)) for visitor in ("ann", "bob", "cyd")]
    assert [job.place for job in jobs] == [3, 1, 2]
    gate.open()
    assert all(job.wait(WAIT) for job in jobs)
    assert order == ["bob", "cyd", "ann"]


def test_newcomers_cannot_starve_a_second_job(engine):
    gate, _ = hold(engine, "ann")
    second = engine.submit("ann", "second", numbers(1))
    gate.open()
    next_gate, _ = hold(engine, "bob") if not second.over else (None, None)
    if next_gate:  # the second job either ran before bob or now stands before whoever comes after bob
        late = engine.submit("cyd", "late", numbers(1))
        assert second.over or second.place < late.place
        next_gate.open()
    assert second.wait(WAIT)


def test_the_line_is_bounded_and_says_so(engine):
    small = Engine(limit=2)
    gate, _ = hold(small)
    for name in ("ann", "bob"):
        small.submit(name, name, numbers(1))
    with pytest.raises(EngineFullError, match="2 jobs are waiting"):
        small.submit("cyd", "cyd", numbers(1))
    gate.open()
    small.close()


def test_a_closed_session_takes_its_jobs_along_but_not_those_it_shared(engine):
    gate, held = hold(engine, "ann")
    own = engine.submit("ann", "own", numbers(1))
    shared = engine.submit("bob", "shared", numbers(2))
    engine.submit("cyd", "shared", numbers(2))
    engine.withdraw("ann")
    engine.withdraw("cyd")
    assert held.wait(WAIT) and held.state == CANCELLED and own.state == CANCELLED
    assert shared.wait(WAIT) and shared.state == DONE
    gate.open()


def test_forty_visitors_at_once(engine):
    calls, lock = Counter(), threading.Lock()

    def work(key):
        def yield_key(ticket):
            with lock:
                calls[key] += 1
            yield from range(5)

        return yield_key

    jobs, start = [None] * 40, threading.Barrier(40)

    def visit(number):
        start.wait()
        key = f"key-{number % 10}"
        jobs[number] = engine.submit(f"visitor-{number}", key, work(key))

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(job.wait(WAIT) and job.items == [0, 1, 2, 3, 4] for job in jobs)
    assert calls == Counter({f"key-{number}": 1 for number in range(10)})


def test_places_in_the_line_are_a_permutation_and_count_down(engine):
    gate, held = hold(engine)
    jobs = [engine.submit(f"v{number}", f"k{number}", numbers(number)) for number in range(8)]
    assert [job.place for job in jobs] == list(range(1, 9)) and held.place == 0
    jobs[2].cancel("v2")
    assert [job.place for job in jobs if not job.over] == list(range(1, 8))
    gate.open()


def test_time_left_counts_those_ahead_and_is_unknown_rather_than_invented(engine):
    gate, _ = hold(engine)
    unknown = engine.submit("ann", "k", numbers(1), expected=2.0)
    assert unknown.seconds_left is None, "the running job tells nothing yet"
    gate.open()
    work = Gate(2)
    running = engine.submit("bob", "running", work, expected=10.0)
    behind = engine.submit("cyd", "behind", numbers(1), expected=3.0)
    assert work.entered.wait(WAIT)
    assert 3.0 < behind.seconds_left <= 13.0 and running.seconds_left <= 10.0
    work.open()


def test_finished_jobs_are_remembered_by_bytes_and_the_oldest_use_goes_first():
    engine = Engine(cache_bytes=2500)
    calls = Counter()

    def frame(key):
        def work(ticket):
            calls[key] += 1
            yield np.zeros(1000, np.uint8)

        return work

    for key in "abaca":  # b was used least recently when c came
        assert engine.submit("ann", key, frame(key)).wait(WAIT)
    assert engine.submit("ann", "b", frame("b")).wait(WAIT)
    assert calls == Counter(a=1, b=2, c=1)
    engine.close()


def test_a_result_larger_than_the_memory_is_given_but_not_kept():
    engine = Engine(cache_bytes=10)
    for _ in range(2):
        job = engine.submit("ann", "k", lambda ticket: iter([b"x" * 100]))
        assert job.wait(WAIT) and job.items == [b"x" * 100]
    engine.close()


def test_closing_ends_the_threads_and_refuses_new_work():
    engine = Engine(worker_count=2)
    work = Gate(2)
    job = engine.submit("ann", "k", work)
    assert work.entered.wait(WAIT)
    engine.close()
    assert job.over and job.state == CANCELLED
    with pytest.raises(EngineFullError):
        engine.submit("ann", "l", numbers(1))


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ValueError("no prompt given"), "No prompt given."),
        (RuntimeError(""), "RuntimeError."),
        (RuntimeError("x" * 1000), "X" + "x" * 238 + "…"),
        (KeyError("frames"), "'frames'."),
    ],
)
def test_every_error_becomes_one_sentence(error, sentence):
    assert one_sentence(error) == sentence


def test_the_audience_is_who_waits_for_something_each_counted_once(engine):
    assert engine.audience() == 0
    gate, held = hold(engine, "ann")
    for visitor in ("ann", "bob", "cyd"):
        engine.submit(visitor, "same", numbers(1))
    assert engine.audience() == 3
    engine.withdraw("bob")
    assert engine.audience() == 2
    gate.open()
    last = engine.submit("cyd", "same", numbers(1))
    assert held.wait(WAIT) and last.wait(WAIT)
    assert engine.audience() == 0
