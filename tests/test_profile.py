"""At home everything is allowed; in public a wish has bounds, each told in one sentence."""

import pytest

from lab import profile


@pytest.fixture
def name(monkeypatch):
    def set_name(text):
        monkeypatch.setenv(profile.VARIABLE, text)
        profile.current.cache_clear()
        return profile.current

    yield set_name
    profile.current.cache_clear()


def test_at_home_anything_goes(name):
    at_home = name("house")()
    at_home.check("somebody/model", 1e6)
    assert at_home.strangers and at_home.queue >= 64


@pytest.mark.parametrize(
    ("model", "seconds", "told"), [("sd-v1-4.ckpt", 1, "babel alone"), ("babel", 500, "fewer")]
)
def test_in_public_a_wish_has_bounds(name, model, seconds, told):
    public = name("public")()
    public.check("babel", 20.0)
    public.check("", 20.0)  # a tournament needs no model
    with pytest.raises(ValueError, match=told) as said:
        public.check(model, seconds)
    assert "\n" not in str(said.value)


def test_public_is_narrower_than_home_in_everything():
    home, public = profile.PROFILES["house"], profile.PROFILES["public"]
    for bound in ("seconds", "queue", "upload", "memory_bytes", "disk_bytes", "strangers"):
        assert getattr(public, bound) < getattr(home, bound)


def test_an_unknown_profile_is_told(name):
    with pytest.raises(ValueError, match="'castle'; it is one of house, public"):
        name("castle")()


def test_a_checkout_on_community_cloud_is_public(name, monkeypatch):
    monkeypatch.setattr(profile, "ROOT", profile.HOSTED / "latent-library")
    assert name("")().name == "public"
