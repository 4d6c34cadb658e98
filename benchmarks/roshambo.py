"""How well Diaconis plays: returns with standard errors against the field, families unseen, and hunters.

``python -m benchmarks.roshambo`` plays all games at once in one mind; peers are bots of the field in the same
seats. The opponents of `benchmarks.opponents` live there alone: no number of Diaconis was chosen by them.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from benchmarks.opponents import HUNTERS, UNSEEN
from lab.roshambo import BOTS, FAMILIES, Diaconis
from lab.roshambo.diaconis.mind import Mind
from lab.roshambo.moves import PAYOFF

PEERS = ("frequency", "double-bayes-1", "rfind", "diaconis-2014")


def play_all(field: dict, matches: int, rounds: int) -> np.ndarray:
    """Scores of one mind against all, shape (bots, matches)."""
    players = [factory(1000 + number) for factory in field.values() for number in range(matches)]
    mind, own, theirs = Mind(len(players)), [[] for _ in players], [[] for _ in players]
    scores, dice = np.zeros(len(players), dtype=int), np.random.default_rng(0)
    for number in range(rounds):
        moves = np.array(
            [nerve.move(u) for nerve, u in zip(mind.nerves, dice.random(len(players)), strict=True)]
        )
        answers = np.array(
            [p.choose(theirs[i], own[i], p.dice(number)) for i, p in enumerate(players)], dtype=int
        )
        scores += np.array(PAYOFF)[(moves - answers) % 3]
        for i, player in enumerate(players):
            own[i].append(int(moves[i]))
            theirs[i].append(int(answers[i]))
            player.hear(theirs[i], own[i])
        mind.hear(3 * moves + answers)
    return scores.reshape(len(field), matches)


def play_peer(factory, field: dict, matches: int, rounds: int) -> np.ndarray:
    """Scores of a bot of the field in the same seat."""
    from lab.roshambo import play_match

    return np.array(
        [
            [play_match(factory(n), other(1000 + n), rounds).score for n in range(matches)]
            for other in field.values()
        ]
    )


def told(name: str, scores: np.ndarray) -> None:
    """One line: mean with its standard error, the worst opponent with its own, mean less exploitability."""
    means, matches = scores.mean(axis=1), scores.shape[1]
    spread = scores.var(axis=1, ddof=1) if matches > 1 else np.full(len(scores), np.nan)
    error, worst = np.sqrt((spread / matches).sum()) / len(scores), means.argmin()
    least, doubt = means[worst], np.sqrt(spread[worst] / matches)
    print(
        f"{name:<28} {means.mean():7.1f} ± {error:4.1f}   worst {least:7.1f} ± {doubt:4.1f}"
        f"   less exploitability {means.mean() - max(0, -least):7.1f}",
        flush=True,
    )


def seconds_of_a_move(rounds: int) -> np.ndarray:
    """Microseconds of each move of a match against a random opponent."""
    bot, own, theirs, times = Diaconis(0), [], [], []
    moves = np.random.default_rng(0).integers(3, size=rounds).tolist()
    for move in moves:
        begun = time.perf_counter()
        own.append(bot.play(own, theirs))
        times.append((time.perf_counter() - begun) * 1e6)
        theirs.append(move)
    return np.array(times)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--matches", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--peers", action="store_true", help="also the peers (slow)")
    parser.add_argument("--each", action="store_true", help="also every opponent")
    asked = parser.parse_args()
    families = {name: family for name, family in FAMILIES.items() if name != "diaconis"}
    everybody = []
    for name, field in (families | {"unseen": UNSEEN, "hunters": HUNTERS}).items():
        scores = play_all(field, asked.matches, asked.rounds)
        told(f"diaconis, {name}", scores)
        everybody += [scores] if name != "hunters" else []
        if asked.each:
            print("   " + ", ".join(f"{n} {s:.0f}" for n, s in zip(field, scores.mean(axis=1), strict=True)))
        if asked.peers:
            for peer in PEERS:
                told(f"   {peer}, {name}", play_peer(BOTS[peer], field, asked.matches, asked.rounds))
    told("diaconis, all but hunters", np.concatenate(everybody))
    times = seconds_of_a_move(asked.rounds)
    yardstick = min(_yardstick() for _ in range(200))
    print(f"a move: median {np.median(times):.0f} µs, fastest {times.min():.0f} µs")
    print(f"yardstick on this machine (1000 additions in a loop): fastest {yardstick:.0f} µs")


def _yardstick() -> float:
    begun, total = time.perf_counter(), 0
    for number in range(1000):
        total += number
    return (time.perf_counter() - begun) * 1e6


if __name__ == "__main__":
    main()
