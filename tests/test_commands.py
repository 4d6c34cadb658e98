"""Commands of the rooms without a model: what they write is what the library computes, and opens."""

import csv
import json

import numpy as np
import pypdfium2
import pytest
from scipy import sparse

from lab import sweeps
from lab.circles import EgoNetwork, Recipe, edit_distance, stages
from lab.circles.baselines import BASELINES
from lab.cli import main
from lab.commands import communities as communities_command
from lab.commands import roshambo as roshambo_command
from lab.commands.plates import GALLERY, PLATES
from lab.communities import phases, planted_partition, recover
from lab.communities.agreement import overlap
from lab.communities.archive import from_json
from lab.communities.detectability import rates
from lab.communities.graph_spec import GraphSpec
from lab.figures.morph import read_film
from lab.figures.roshambo import paint_portrait
from lab.figures.style import DARK, LIGHT
from lab.multiwindow import WindowsSpec, windows
from lab.networks import network
from lab.presets import read
from lab.reading import course, essays
from lab.roshambo import BOTS, play_match
from lab.roshambo import archive as matches
from lab.roshambo.exhibits import MATCH
from lab.roshambo.tournament import TournamentSpec, play_tournament
from lab.similarity import decompose
from lab.tables import table


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def coarse(picture, side=24):
    """Means of squares of a picture, so that a line which moved by a pixel counts little."""
    high, wide = (length // side for length in picture.shape[:2])
    squares = picture[: high * side, : wide * side].reshape(high, side, wide, side, 3)
    return squares.mean((1, 3))


def told(out):
    return json.loads((out / "result.json").read_text())


@pytest.mark.parametrize("name", [name for name in PLATES if name != "similarity/map"])
def test_a_plate_drawn_anew_is_the_one_that_ships(name, tmp_path):
    assert main(["plates", "--only", name, "--out", str(tmp_path)]) == 0
    (fresh,) = read_film(tmp_path / f"{name}.webp")
    (shipped,) = read_film(GALLERY / f"{name}.webp")
    assert fresh.shape == shipped.shape and fresh.std() > 5
    assert abs(coarse(fresh) - coarse(shipped)).mean() < 4


def test_a_plate_that_is_none_is_one_sentence(tmp_path, capsys):
    assert main(["plates", "--only", "a zebra", "--out", str(tmp_path)]) == 2
    assert "No plate is called 'a zebra'; there are similarity/direction" in capsys.readouterr().err


def test_a_decomposition_by_a_chosen_similarity_is_that_of_the_library(tmp_path):
    asked = ["--table", "iris", "--similarity", "rbf", "--gamma", "0.4", "--k", "3", "--standardise"]
    assert main(["similarity", *asked, "--out", str(tmp_path)]) == 0
    samples = table("iris").standardised().matrix()
    found = decompose(samples, 3, True, "rbf", "auto", gamma=0.4)
    header, *scores = rows(tmp_path / "scores.csv")
    assert header == ["axis 1", "axis 2", "axis 3"]
    np.testing.assert_allclose(np.array(scores, float), found.scores[:, :3], rtol=1e-9)
    result = told(tmp_path)
    assert result["similarity"] == "rbf" and result["samples"] == len(samples) == 150
    np.testing.assert_allclose(result["explained variance"], found.explained_variance[:3])


def test_the_multiwindow_command_writes_the_plate_and_every_window(tmp_path):
    asked = ["--table", "iris", "--bins", "3", "2", "--doubled", "--uncounted", "--safe", "--missing", "keep"]
    asked += ["--colour", "species"]
    assert main(["multiwindow", *asked, "--out", str(tmp_path)]) == 0
    document = pypdfium2.PdfDocument(tmp_path / "multiwindow.pdf")
    assert len(document) == 1 and "windows" in document[0].get_textpage().get_text_range()
    (drawn,) = read_film(tmp_path / "multiwindow.png")
    width, height = document[0].get_size()
    assert drawn.shape[1] / drawn.shape[0] == pytest.approx(width / height, rel=0.01)
    spec = WindowsSpec(bins=(3, 2))
    found = windows(table("iris"), spec.panel, spec.plot, spec.bins, spec.binning)
    header, *written = rows(tmp_path / "windows.csv")
    place = {(row[0], row[1]): int(row[header.index("rows")]) for row in written}
    seen = [[place[str(row), str(column)] for column in (1, 2, 3)] for row in (1, 2)]
    assert seen == found.counts.tolist() and place["all", "all"] == found.counts.sum() == 150


def test_circles_of_a_member_of_ones_own_file(tmp_path, capsys):
    karate = network("karate")
    lines = [f"{karate.names[a]},{karate.names[b]}" for a, b in zip(*karate.adjacency.nonzero(), strict=True)]
    (tmp_path / "club.csv").write_text("\n".join(["from,to", *lines]) + "\n", encoding="utf-8")
    whose = karate.names[0]
    asked = [
        "circles",
        "--graph",
        str(tmp_path / "club.csv"),
        "--whose",
        whose,
        "--out",
        str(tmp_path / "out"),
    ]
    assert main([*asked, "--without", "merge", "--thin", "0.3"]) == 0
    around = EgoNetwork(karate.around(0), None)
    steps = tuple(step for step in Recipe().steps if step != "merge")
    expected = list(stages(around.adjacency, Recipe(steps, density=0.3)))[-1].circles
    _, *members = rows(tmp_path / "out/circles.csv")
    written = {}
    for circle, member in members:
        written.setdefault(circle, set()).add(member)
    named = [{around.network.names[friend] for friend in circle} for circle in expected]
    assert sorted(map(sorted, written.values())) == sorted(map(sorted, named))
    assert told(tmp_path / "out") == {
        "friends": len(around.network.names),
        "circles": sorted(map(len, expected), reverse=True),
    }
    assert main(["circles", "--graph", "karate", "--whose", "nobody", "--out", str(tmp_path)]) == 2
    assert "Nobody is called 'nobody'" in capsys.readouterr().err
    assert main(["circles", "--graph", "karate", "--out", str(tmp_path / "club")]) == 0
    assert told(tmp_path / "club")["friends"] == len(karate.names)


def test_rival_recipes_for_circles_find_what_one_can_count():
    """Two cliques of four that share nobody, joined by one friendship, and a loner."""
    adjacency = np.zeros((9, 9))
    for clique in (range(4), range(4, 8)):
        adjacency[np.ix_(clique, clique)] = 1
    adjacency[3, 4] = adjacency[4, 3] = 1
    np.fill_diagonal(adjacency, 0)
    truth = [frozenset(range(4)), frozenset(range(4, 8))]
    graph = sparse.csr_array(adjacency)
    cost = {word: edit_distance(truth, method(graph)) for word, (_, method) in BASELINES.items()}
    assert min(cost.values()) == 0 and max(cost.values()) > 0


def test_a_drawn_graph_is_recovered_as_the_library_does(tmp_path, capsys):
    asked = ["--n", "90", "--k", "2", "--c-in", "14", "--c-out", "1", "--seed", "3"]
    assert main(["communities", *asked, "--out", str(tmp_path)]) == 0
    graph = GraphSpec(n=90, k=2, c_in=14.0, c_out=1.0, seed=3).draw()
    found = recover(graph.adjacency, seed=0)
    header, *labels = rows(tmp_path / "labels.csv")
    assert header == ["vertex", "group", "certainty"] and len(labels) == 90
    assert [int(group) for _, group, _ in labels] == found.labels.tolist()
    result = told(tmp_path)
    assert result["k"] == found.k == 2 and result["overlap"] > 0.9
    assert f"2 groups, overlap {result['overlap']}" in capsys.readouterr().out


@pytest.fixture
def small_sweep(monkeypatch, tmp_path):
    for name, value in dict(VERTICES=60, GROUPS=(2,), DEGREES=(9,), MIXING=(0.0, 0.6)).items():
        monkeypatch.setattr(phases, name, value)
    monkeypatch.setattr(communities_command, "GALLERY", tmp_path / "gallery")
    return tmp_path


def test_the_sweep_measures_every_point_once(small_sweep, monkeypatch, capsys):
    asked = ["communities", "--sweep", "--store", str(small_sweep / "kept")]
    assert main(asked) == 0
    assert "2 of 2" in capsys.readouterr().out and len(list((small_sweep / "kept").iterdir())) == 2
    text = (small_sweep / "gallery/phase.json").read_text()
    known = json.loads(text)
    assert (known["n"], known["degrees"], known["mixing"], set(known["k"])) == (60, [9], [0.0, 0.6], {"2"})
    graph = planted_partition(60, 2, *rates(2, 9.0, 0.0), seed=0)
    there = np.diff(graph.adjacency.indptr) > 0
    found = overlap(graph.labels[there], recover(graph.adjacency, seed=0).labels[there])
    ((apart, mixed),) = known["k"]["2"]
    assert apart == pytest.approx(found, abs=1e-3) and apart > 0.9 > mixed
    monkeypatch.setattr(sweeps, "_at", None)  # nothing is left to compute
    assert main(asked) == 0 and (small_sweep / "gallery/phase.json").read_text() == text


def test_a_sweep_that_is_not_complete_leaves_the_number_of_groups_out(small_sweep, monkeypatch):
    monkeypatch.setattr(phases, "GROUPS", (2, 3))
    point = dict(n=60, k=2, degree=9.0, mixing=0.0, seed=0)
    whole = [(each, 0.5) for each in phases.points() if each["k"] == 3]
    path = phases.write(iter([(point, 1.0), *whole]), small_sweep / "part.json")
    assert json.loads(path.read_text())["k"] == {"3": [[0.5, 0.5]]}


def test_exhibits_of_communities_are_recovered_as_they_ship(monkeypatch, tmp_path, capsys):
    shipped = from_json((communities_command.GALLERY / "recoveries.json").read_text())
    smallest = min(read("communities"), key=lambda each: communities_command.exhibit(each.values)[1].shape[0])
    monkeypatch.setattr(communities_command, "read", lambda word: [smallest])
    monkeypatch.setattr(communities_command, "GALLERY", tmp_path)
    assert main(["communities", "--exhibits"]) == 0
    ((key, found),) = from_json((tmp_path / "recoveries.json").read_text()).items()
    assert found.k == shipped[key].k and overlap(shipped[key].labels, found.labels) > 0.9
    assert f"{smallest.title}: {found.k} groups" in capsys.readouterr().out


def test_exhibits_of_roshambo_are_played_anew(monkeypatch, tmp_path):
    monkeypatch.setattr("lab.roshambo.exhibits.FIELD", ("switchbot", "beat-last", "cycle-10"))
    monkeypatch.setattr(roshambo_command, "GALLERY", tmp_path)
    assert main(["roshambo", "--exhibits"]) == 0
    ghost = json.loads((tmp_path / "match.json").read_text())["ghost"]
    match = play_match(BOTS[MATCH[0]](7), BOTS[MATCH[1]](8), 600)
    assert ghost[0] == 0 and np.array_equal(np.diff(ghost), match.gains)
    hung = matches.from_json((tmp_path / "tournament.json").read_text())
    spec = TournamentSpec(("switchbot", "beat-last", "cycle-10"), 1000, seed=2014)
    assert hung.spec == spec and np.array_equal(hung.payoff, play_tournament(spec).payoff)


def test_a_rule_table_plays_a_match_and_a_bot_is_heard(tmp_path, capsys):
    (tmp_path / "stone.txt").write_text("start: 1 0 0\n* *: 1 0 0\n")
    out = ["--rounds", "40", "--out", str(tmp_path)]
    assert main(["roshambo", "--bot", "always-paper", "--against", str(tmp_path / "stone.txt"), *out]) == 0
    assert told(tmp_path)["won"] == 40
    assert main(["roshambo", "--listen", "always-paper", "--places", "own 1", *out]) == 0
    heard = {word: float(amplitude) for word, amplitude in rows(tmp_path / "spectrum.csv")[1:]}
    assert heard["0"] == 1 and set(heard) == {"0", "1", "2"}  # one move for ever is all constant
    assert main(["roshambo", "--listen", "R", "--out", str(tmp_path)]) == 2
    assert "too few for a pattern" in capsys.readouterr().err


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_a_portrait_is_paper_where_chance_could_do_it_and_darkest_where_it_rings(colours):
    amplitudes = np.array([[0.1, 1.0], [0.2, 0.6]])
    picture = paint_portrait(amplitudes, 0.3, colours).astype(int)
    side = len(picture)
    assert picture.shape == (side, side, 3)
    cell = {(i, j): picture[12 + 48 * i + 20, 12 + 48 * j + 20] for i in range(2) for j in range(2)}
    assert np.array_equal(cell[0, 0], cell[1, 0])
    steps = [np.abs(cell[place] - cell[0, 0]).sum() for place in ((1, 0), (1, 1), (0, 1))]
    assert steps[0] == 0 < steps[1] < steps[2]


def test_the_shelves_of_the_reading_room_are_told_whole(capsys):
    assert main(["reading"]) == 0
    said = capsys.readouterr().out
    assert all(f"# {essay.title}\n" in said and essay.text.strip() in said for essay in essays())
    assert main(["reading", "course"]) == 0
    said = capsys.readouterr().out
    for number, lesson in enumerate(course(), 1):
        assert f"{number} {lesson.title} ({lesson.room})" in said
        assert all(each.question in said and each.solution in said for each in lesson.exercises)
