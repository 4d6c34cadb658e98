"""What a visitor takes home from the shuffling room: code, command, distances, spectrum."""

from __future__ import annotations

from lab.shuffling import Mixing, ShuffleSpec
from lab.shuffling.archive import distances_csv, spectrum_csv
from lab.views import takeaways
from lab.views.shuffling.knobs import WORD

CODE = """from lab.shuffling import ShuffleSpec, mixing_time, shuffle

found = shuffle(ShuffleSpec({arguments}))
print(found.bound.round(3), mixing_time(found.bound))"""
EXACT = """
print(found.laws.distance.round(3), mixing_time(found.laws.distance))"""


def offer(found: Mixing) -> None:
    """Show the code and the files."""
    takeaways.code(python(found), command(found.spec), WORD)
    takeaways.downloads(
        [
            takeaways.Download(
                "Distances (CSV)", "distances.csv", "text/csv", lambda: distances_csv(found).encode()
            ),
            takeaways.Download(
                "Spectrum (CSV)", "spectrum.csv", "text/csv", lambda: spectrum_csv(found).encode()
            ),
        ]
    )


def python(found: Mixing) -> str:
    """Python that follows the same walk."""
    spec = found.spec
    arguments = f'"{spec.walk}", {spec.size}' + (f', stay="{spec.stay}"' if spec.stay != "one" else "")
    return CODE.format(arguments=arguments) + (EXACT if found.laws else "")


def command(spec: ShuffleSpec) -> str:
    """The shell command that writes the same numbers."""
    stay = f" --stay {spec.stay}" if spec.stay != "one" else ""
    return f"python -m lab {WORD} --walk {spec.walk} --size {spec.size}{stay} --out out/{WORD}"
