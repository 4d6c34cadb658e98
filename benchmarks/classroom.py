"""Forty visitors on one server: the same button at once, different wishes, closed tabs, reload storms.

``python -m benchmarks.classroom [--visitors 40] [--renders 40]`` opens the house, lets so many real websocket
sessions in, and prints one line for each thing that must hold; it ends with 1 if one does not.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.sessions import Session
from lab.diffusion import folder
from lab.diffusion.spec import MorphSpec
from tests.browser import house

QUICK = {"frames": 4, "steps": 2, "scheduler": "ddim", "guidance": 1.0, "loop": "none"}
LONG = {"frames": 60, "steps": 8, "scheduler": "ddim", "guidance": 3, "loop": "none"}
WORDS = "city forest harbour library desert river castle garden train bridge"
BEGUN, ENDED = re.compile(r"job (\w+ \w+) begins"), re.compile(r"job (\w+ \w+) (done|cancelled|failed)")
PAUSE = 0.5  # seconds between two presses, so that they arrive in this order
PLACE = re.compile(r"Number (\d+) in the line")


class Classroom:
    """The server, its visitors, and what was found."""

    def __init__(self, opened: house.House, count: int):
        self.opened, self.count, self.wrong = opened, count, 0

    def tell(self, what: str, holds: bool, number: str) -> None:
        """Print one line of the table."""
        self.wrong += not holds
        print(f"{'ok  ' if holds else 'FAIL'} {what:58} {number}", flush=True)

    async def visitors(self, addresses: list[str]) -> list[Session]:
        """Sessions of these addresses, opened at once."""
        return await asyncio.gather(*(Session(self.opened.url).enter(address) for address in addresses))

    def jobs(self, pattern: re.Pattern = BEGUN) -> list:
        """What the engine began (or ended), from the server's log."""
        return pattern.findall(self.opened.said())

    async def leave(self, sessions: list[Session]) -> None:
        """Everybody goes; whoever met an error is named."""
        told = [error for session in sessions for error in session.errors]
        told += [alert for session in sessions for alert in session.alerts()]
        self.tell("no error on any page", not told, f"{len(told)} {told[:1] if told else ''}")
        await asyncio.gather(*(session.leave() for session in sessions))

    async def same(self) -> None:
        """All press the same button at once."""
        address = wish(["a rainy city", "a rainy forest"], QUICK)
        began = time.perf_counter()
        sessions = await self.visitors([address] * self.count)
        self.tell("everybody has the page", True, f"{time.perf_counter() - began:.1f} s for {self.count}")
        before, began = len(self.jobs()), time.perf_counter()
        await asyncio.gather(*(session.press("Render") for session in sessions))
        await asyncio.gather(*(session.until(lambda s=session: finished(s)) for session in sessions))
        made = len([job for job in self.jobs()[before:] if job.startswith("morph")])
        self.tell(
            "the same wish is computed once", made == 1, f"{made} job, {time.perf_counter() - began:.1f} s"
        )
        await self.leave(sessions)

    async def different(self) -> None:
        """All wish something of their own; one more reads while the device is busy."""
        sessions = await self.visitors([wish([scene(n), scene(n + 1)], QUICK, n) for n in range(self.count)])
        places: list[list[int]] = [[] for _ in sessions]
        before, began = len(self.jobs()), time.perf_counter()
        reader = Session(self.opened.url)
        reading = asyncio.create_task(self._read(reader))
        waits = [self._served(session, places[number]) for number, session in enumerate(sessions)]
        for session in sessions:
            await session.press("Render")
            await asyncio.sleep(PAUSE)
        ends = await asyncio.gather(*waits)
        reading.cancel()
        jobs = [job for job in self.jobs()[before:] if job.startswith("morph")]
        self.tell("every wish is served once", len(jobs) == len(set(jobs)) == self.count, f"{len(jobs)} jobs")
        wavered = sum(any(b > a for a, b in zip(told, told[1:], strict=False)) for told in places)
        self.tell("the place told never grows", wavered == 0, f"{sum(map(len, places))} places told")
        came = [morph_key([scene(n), scene(n + 1)], n) for n in range(self.count)]
        off = max((abs(place - came.index(job)) for place, job in enumerate(jobs) if job in came), default=0)
        told = f"at most {off} places off, last after {max(ends) - began:.0f} s"
        self.tell("served in the order of coming", set(jobs) == set(came) and off <= 3, told)
        reaction = statistics.median(self.reactions)
        self.tell(
            "median page reaction while busy under 1 s",
            reaction < 1,
            f"{reaction:.2f} s of {len(self.reactions)}",
        )
        await self.leave([*sessions, reader])

    async def _read(self, reader: Session) -> None:
        self.reactions: list[float] = []
        await reader.enter("/similarity")
        while True:
            self.reactions.append(await reader.look())
            await asyncio.sleep(0.5)

    async def _served(self, session: Session, places: list[int]) -> float:
        while not finished(session):
            before = session.finished
            await session.until(lambda b=before: session.finished > b or finished(session), 600)
            if told := PLACE.search(" ".join(session.texts())):
                places.append(int(told[1]))
        return time.perf_counter()

    async def closing(self) -> None:
        """Everybody asks for something long and closes the tab in the middle of it."""
        sessions = await self.visitors([wish([scene(n), scene(n + 2)], LONG, n) for n in range(self.count)])
        before = len(self.jobs(ENDED))
        for session in sessions:
            await session.press("Render")
        await asyncio.sleep(3)
        began = time.perf_counter()
        await asyncio.gather(*(session.leave() for session in sessions))
        while len(gone := self.jobs(ENDED)[before:]) < self.count and time.perf_counter() - began < 120:
            await asyncio.sleep(0.5)
        cancelled = sum(state == "cancelled" for _, state in gone)
        told = f"{cancelled} of {self.count} within {time.perf_counter() - began:.0f} s"
        self.tell("jobs of closed tabs are cancelled", cancelled >= self.count - 3, told)

    async def storm(self) -> None:
        """Everybody reloads the page five times while one morph is rendered."""
        address = wish(["a night in winter", "a morning in summer"], QUICK | {"frames": 12})
        sessions = await self.visitors([address] * self.count)
        before, began = len(self.jobs()), time.perf_counter()
        await sessions[0].press("Render")
        for _ in range(5):
            await asyncio.gather(*(session.leave() for session in sessions[1:]))
            await asyncio.gather(*(session.enter(address) for session in sessions[1:]))
        seconds = (time.perf_counter() - began) / 5
        made = len([job for job in self.jobs()[before:] if job.startswith("morph")])
        self.tell(
            "a storm of reloads asks for nothing", made == 1, f"{seconds:.1f} s for {self.count} reloads"
        )
        await sessions[0].until(lambda: finished(sessions[0]))
        await self.leave(sessions)

    async def endurance(self, renders: int) -> None:
        """Render again and again; memory after the first quarter and at the end."""
        session, weighed = Session(self.opened.url), []
        for number in range(renders):
            await session.enter(wish([scene(number), scene(number + 3)], QUICK, 1000 + number))
            await session.press("Render")
            await session.until(lambda: finished(session))
            await session.leave()
            weighed.append(self.opened.resident()["now"])
        early, late = weighed[len(weighed) // 4], weighed[-1]
        told = f"{early:.0f} MB after {len(weighed) // 4}, {late:.0f} MB after {renders}"
        self.tell("memory stays flat", late <= early * 1.1, told)


def scene(number: int) -> str:
    """A prompt of its own for each number."""
    words = WORDS.split()
    return f"a {words[number % len(words)]} and a {words[number // len(words) % len(words)]}"


def wish(prompts: list[str], settings: dict, seed: int = 42) -> str:
    """Link to a morph."""
    return "/morph?" + urlencode([*(("p", each) for each in prompts), *(settings | {"seed": seed}).items()])


def morph_key(prompts: list[str], seed: int) -> str:
    """What the server's log calls the morph of `wish`."""
    spec = MorphSpec(tuple(prompts), seed=seed, **QUICK)
    return f"morph {spec.with_defaults(folder.defaults(folder.locate(spec.model))).key()}"


def finished(session: Session) -> bool:
    """Whether the visitor's film is there."""
    return session.says("the same for everybody") is not None


async def lesson(room: Classroom, renders: int) -> None:
    """All parts, one after the other."""
    await room.same()
    await room.different()
    await room.storm()
    await room.closing()
    await room.endurance(renders)


def main() -> int:
    """Open the house and hold the lesson."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=40)
    parser.add_argument("--renders", type=int, default=40, help="in a row, to see whether memory stays flat")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        extra = {"LATENT_LIBRARY_CACHE": folder, "LATENT_LIBRARY_LOG": "info"}
        with house.opened(Path(folder), **extra) as opened:
            room = Classroom(opened, asked.visitors)
            asyncio.run(lesson(room, asked.renders))
            tracebacks = opened.said().count("Traceback (most recent call last)")
            room.tell("no traceback in the server's log", tracebacks == 0, f"{tracebacks}")
    return int(room.wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
