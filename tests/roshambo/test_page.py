"""The page without a browser: every room, every preset, mistakes, links."""

import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.presets import read
from lab.views.roshambo import rooms
from tests.figures import charts

PATIENCE = 120


def opened(**query):
    app = AppTest.from_file(str(catalog.by_word("roshambo").page), default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_every_preset_opens_its_room_and_is_named():
    app = opened()
    for preset in read("roshambo"):
        app.selectbox(key="roshambo preset").select(preset.title).run()
        assert not app.exception and not app.warning
        assert app.session_state["room"] == preset.values["room"]
        assert app.session_state["roshambo preset"] == preset.title
        assert any(expander.label == "Show me the code" for expander in app.expander)


@pytest.mark.parametrize("room", rooms.WORDS)
def test_a_link_opens_each_room_without_complaint(room):
    app = opened(room=room)
    assert not app.exception and not app.warning
    assert app.session_state["room"] == room


def test_a_bent_link_gets_one_sentence():
    app = opened(room="cellar", n="-3")
    assert len(app.warning) == 1 and "room = cellar" in app.warning[0].value.replace("\\", "")


def test_a_history_of_ones_own_is_heard_and_a_bad_one_is_told():
    app = opened(room="listen", who="your own")
    assert not app.warning and charts(app) == 7
    app.text_area(key="text").set_value("RPSX").run()
    assert "'X'" in app.warning[0].value.replace("\\", "")
    assert app.text_area(key="text").value == "RPSX"


def test_a_tournament_that_cannot_be_is_told_and_the_table_stays():
    app = opened(room="tournament")
    app.multiselect(key="players").set_value(["switchbot"]).run()
    assert "2 to 80 bots" in app.warning[0].value
    assert app.button(key="contest go").disabled and charts(app) == 2


def test_a_portrait_wants_some_rounds_and_then_is_painted():
    app = opened()
    app.button(key="paint").click().run()
    assert any("wants 20 rounds" in caption.value for caption in app.caption)
    for move in range(24):
        app.session_state["roshambo game"].play(move % 3)
    app.button(key="paint").click().run()
    assert not app.exception and charts(app) == 1
    assert any("Your portrait after 24 rounds" in text.value for text in app.markdown)


def test_reset_puts_all_back():
    app = opened(room="listen", who="rfind", n="100")
    app.button(key="reset").click().run()
    assert app.session_state["room"] == "play" and "who" not in app.query_params


def test_several_words_and_a_text_stand_in_the_link():
    app = opened(room="listen", who="your own", places="theirs 2,own 3", text="RRPPSSRRPPSSRP")
    assert not app.warning
    assert app.multiselect(key="places").value == ["theirs 2", "own 3"]
    assert app.text_area(key="text").value == "RRPPSSRRPPSSRP"
    app.multiselect(key="places").set_value([]).run()
    assert app.query_params["places"] in ("none", ["none"]) and not app.exception


def test_a_tournament_is_played_and_its_curves_are_drawn():
    app = opened(room="tournament", length="50", players="switchbot,random,bayes-1")
    app.button(key="contest go").click().run()
    assert app.session_state["roshambo render"].job.wait(PATIENCE)
    app.run()
    assert not app.exception and not app.warning and charts(app) == 3
    assert any("Your tournament: 3 players" in caption.value for caption in app.caption)
    app.selectbox(key="follow").select("random").run()
    assert any(caption.value.startswith("random against each") for caption in app.caption)
