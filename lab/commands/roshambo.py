"""``python -m lab roshambo``: a match, a tournament, or what one hears, written to a folder."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from lab.catalog import ROOT
from lab.roshambo import archive, exhibits
from lab.roshambo.bots import BOTS
from lab.roshambo.characters import words
from lab.roshambo.match import ROUNDS, play_match
from lab.roshambo.moves import read_moves
from lab.roshambo.patterns import PLACES, Pattern, spectrum
from lab.roshambo.rules import read_rules, rule_bot
from lab.roshambo.tournament import TournamentSpec, tabulate
from lab.roshambo.workers import spread_pairings

GALLERY = ROOT / "data" / "gallery" / "roshambo"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: who plays whom, how long, where."""
    add = parser.add_argument
    add("--bot", default="diaconis", help=f"one of {', '.join(BOTS)}")
    add("--against", default="switchbot", help="its opponent: a bot, or a file with a rule table")
    add("--rounds", type=int, default=ROUNDS)
    add("--seed", type=int, default=0)
    add("--tournament", nargs="+", metavar="BOT", help="these bots, each against each, in place of a match")
    add("--matches", type=int, default=1, help="matches of each pair of a tournament")
    add("--rules", type=Path, nargs="+", default=[], metavar="FILE", help="rule tables that enter it")
    add("--listen", metavar="BOT", help="the spectrum of a bot against random play, or of moves (RPSSR..)")
    add("--places", nargs="*", default=["own 1", "theirs 1"], help="which moves --listen reads")
    add("--workers", type=int, default=1, help="processes of a tournament")
    add("--exhibits", action="store_true", help="play anew what ships with the library")
    add("--out", type=Path, default=Path("out/roshambo"), metavar="DIR")


def perform(arguments: argparse.Namespace) -> int:
    """Play and write."""
    if arguments.exhibits:
        GALLERY.mkdir(parents=True, exist_ok=True)
        print(exhibits.write_match(GALLERY))
        print(exhibits.write_tournament(GALLERY, workers=arguments.workers))
        return 0
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.listen:
        return _listen(arguments)
    return _tournament(arguments) if arguments.tournament else _match(arguments)


def _match(arguments):
    first = _player(arguments.bot, arguments.seed)
    second = _player(arguments.against, arguments.seed + 1)
    match = play_match(first, second, arguments.rounds)
    won, tied, lost = match.tally
    result = {
        "bot": arguments.bot,
        "against": arguments.against,
        "rounds": arguments.rounds,
        "seed": arguments.seed,
        "score": match.score,
        "won": won,
        "tied": tied,
        "lost": lost,
        "microseconds of a move": [round(time, 1) for time in match.microseconds],
    }
    (arguments.out / "moves.csv").write_text(archive.match_as_csv(match), encoding="utf-8")
    (arguments.out / "result.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(
        f"{arguments.bot} {match.score:+d} against {arguments.against}: {won} won, {tied} tied, {lost} lost"
    )
    print(arguments.out)
    return 0


def _listen(arguments):
    for place in arguments.places:
        if place not in PLACES:
            raise ValueError(f"No past move is called {place!r}: choose some of {', '.join(PLACES)}.")
    pattern = Pattern(tuple(PLACES[place] for place in arguments.places))
    own, theirs = _histories(arguments)
    if len(theirs) <= pattern.longest:
        raise ValueError(f"{len(theirs)} rounds are too few for a pattern that reads {pattern.longest} back.")
    lines = ["character,amplitude"]
    for word, c in zip(words(len(pattern.positions)), abs(spectrum(pattern, own, theirs)), strict=True):
        lines.append(f"{''.join(map(str, word)) or '0'},{c:.6f}")
    (arguments.out / "spectrum.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(*lines, sep="\n")
    return 0


def _histories(arguments):
    """Both histories of a bot against random play, or rock against the moves that were given."""
    if arguments.listen in BOTS:
        listened = BOTS[arguments.listen](arguments.seed)
        match = play_match(BOTS["random"](arguments.seed + 1), listened, arguments.rounds)
        return match.first, match.second
    theirs = read_moves(arguments.listen)
    return [0] * len(theirs), theirs


def _table(path):
    return read_rules(path.stem, path.read_text(encoding="utf-8"))


def _player(name, seed):
    path = Path(name)
    if name not in BOTS and path.is_file():
        return rule_bot(_table(path), seed)
    if name not in BOTS:
        raise ValueError(
            f"No bot is called {name!r}: choose one of {', '.join(BOTS)}, or a rule table's file."
        )
    return BOTS[name](seed)


def _tournament(arguments):
    rules = tuple(_table(path) for path in arguments.rules)
    names = (*arguments.tournament, *(rule.name for rule in rules))
    spec = TournamentSpec(names, arguments.rounds, arguments.matches, arguments.seed, rules).validate()
    played = sorted(spread_pairings(spec, arguments.workers), key=lambda each: each.pair)
    table = tabulate(spec, played)
    (arguments.out / "tournament.json").write_text(archive.as_json(table) + "\n", encoding="utf-8")
    (arguments.out / "moves.csv").write_text(archive.as_csv(spec, played), encoding="utf-8")
    for place in table.ranking:
        mean, error = table.population_return[place], table.return_error[place]
        worst = table.exploitability[place]
        print(f"{spec.names[place]:<24} {mean:8.1f} ± {error:4.1f}   worst opponent takes {worst:6.1f}")
    print(arguments.out)
    return 0
