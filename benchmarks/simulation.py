"""How many devices a class, a lecture or a site needs: visitors who wish, look and wish again, simulated.

``python -m benchmarks.simulation [--write docs/simulation.md]`` prints one table a scene. The queue is that
of `lab/engine.py`: one wish of a visitor runs or waits at a time, and who asks for what somebody asked for
already does not wait.
"""

from __future__ import annotations

import argparse
import heapq
from dataclasses import dataclass
from pathlib import Path

import numpy as np

PICTURES = 16  # of a wish
HOUR = 3600.0
SEED = 20
SCENES = (
    # name, visitors, seconds between two wishes, share of wishes that somebody had before, all begin at once
    ("a class of 40, all at once", 40, 60.0, 0.3, True),
    ("a lecture of 400, all at once", 400, 120.0, 0.5, True),
    ("a site of 4000 in an hour", 4000, 90.0, 0.3, False),
)
DEVICES = (
    # name, pictures a second
    ("babel, 2 CPU cores", 20.0),
    ("Stable Diffusion 1.5, 50 steps, on an H100 (target)", 16 / 3.4),
    ("Stable Diffusion 1.5, 4 steps, on an H100 (target)", 16 / 0.35),
)
COUNTS = (1, 2, 4, 8, 16, 32)
VISIT = 8 * 60.0  # seconds that a visitor of the site stays


@dataclass(frozen=True)
class Crowd:
    """Visitors and their habits.

    Attributes
    ----------
    visitors : int
    thinking : float
        Mean seconds between a film and the next wish, exponential.
    repeated : float
        Share of wishes that need no work.
    at_once : bool
        Whether all begin together and stay the hour, or come evenly over it and stay for `VISIT`.
    """

    visitors: int
    thinking: float
    repeated: float
    at_once: bool


def waits(crowd: Crowd, devices: int, service: float, seed: int = SEED) -> tuple[np.ndarray, float]:
    """Seconds from each wish that needs work to its film, in an hour, and the share of devices in use.

    Parameters
    ----------
    crowd : Crowd
    devices : int
        Each serves one wish at a time; the line is served in the order of coming.
    service : float
        Seconds of one wish on a device.
    """
    dice = np.random.default_rng(seed)
    arrival = np.zeros(crowd.visitors) if crowd.at_once else dice.uniform(0, HOUR, crowd.visitors)
    ends = np.full(crowd.visitors, HOUR) if crowd.at_once else arrival + VISIT
    first = arrival + (0 if crowd.at_once else dice.exponential(crowd.thinking / 4, crowd.visitors))
    wishes = [(time, visitor) for visitor, time in enumerate(first)]
    heapq.heapify(wishes)
    free = [0.0] * devices
    told, used = [], 0.0
    while wishes:
        time, visitor = heapq.heappop(wishes)
        if time > min(ends[visitor], HOUR):
            continue
        done = time
        if dice.random() >= crowd.repeated or (crowd.at_once and not told):
            done = max(time, free[0]) + service
            heapq.heapreplace(free, done)
            used += service
            told.append(done - time)
        heapq.heappush(wishes, (done + dice.exponential(crowd.thinking), visitor))
    return np.array(told), used / (devices * max(HOUR, max(free)))


def table(name: str, crowd: Crowd) -> list[str]:
    """Lines of Markdown for one scene: more devices until nineteen of twenty wait under 10 s."""
    lines = [
        f"## {name[0].upper()}{name[1:]}",
        "",
        "| device | how many | median s | 95 % s | longest s | in use |",
    ]
    lines.append("|---|---|---|---|---|---|")
    for device, pace in DEVICES:
        for count in COUNTS:
            seconds, used = waits(crowd, count, PICTURES / pace)
            median, late = np.quantile(seconds, [0.5, 0.95])
            lines.append(
                f"| {device} | {count} | {median:.1f} | {late:.1f} | {seconds.max():.0f} | {used:.0%} |"
            )
            if late <= 10:
                break
    return [*lines, ""]


def document() -> str:
    """The whole page."""
    lines = [
        "# How many devices a crowd needs",
        "",
        "Made by `python -m benchmarks.simulation --write docs/simulation.md`: every visitor wishes for a "
        f"film of {PICTURES} pictures, looks at it, and wishes again; some wishes were somebody's before and "
        "need no work. Waits, of the others, are from the press of the button to the whole film. The pace of "
        "babel is that of the README; those of a GPU are what we aim at, not measured: put your own device's "
        "into the script.",
        "",
    ]
    for name, *habits in SCENES:
        crowd = Crowd(*habits)
        lines += table(name, crowd)
        lines[-1:] = [
            f"\nA wish every {crowd.thinking:.0f} s after a film; {crowd.repeated:.0%} are repeated.\n"
        ]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Print the tables, or write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    text = document()
    if asked.write:
        asked.write.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
