"""Settings: read from the environment once, refused with their name where they can't be."""

from dataclasses import fields

import pytest

from api.settings import Settings, variable
from gis.errors import InvalidValue


def test_an_empty_environment_gives_the_defaults() -> None:
    """Other variables and empty ones change nothing."""
    assert Settings.from_environment({}) == Settings()
    assert Settings.from_environment({"PATH": "/bin", "CCN_GIS_PORT": " "}) == Settings()


def test_every_setting_has_its_variable() -> None:
    """Each field is read from the variable of its name."""
    values = {str: "https://gis.example/x", int: "7", float: "1.5"}
    # A provider is refused without its client and the way back.
    together = ("public_url", "oidc_client_id", "oidc_client_secret")
    needed = {variable(name): values[str] for name in together}
    for field in fields(Settings):
        environment = {**needed, variable(field.name): values[type(field.default)]}
        read = getattr(Settings.from_environment(environment), field.name)
        assert str(read) == values[type(field.default)]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("CCN_GIS_PORT", "http", "value.number"),
        ("CCN_GIS_PORT", "-1", "value.number"),
        ("CCN_GIS_PORT", "8_000", "value.number"),
        ("CCN_GIS_PORT", "9" * 5000, "value.number"),
        ("CCN_GIS_HEADER_SECONDS", "nan", "value.number"),
        ("CCN_GIS_HEADER_SECONDS", "1e3", "value.number"),
        ("CCN_GIS_PAGE_SIZE", "0", "value.number"),
        ("CCN_GIS_CONNECTIONS", "0", "value.number"),
        ("CCN_GIS_PUBLIC_URL", "gis.example.vn", "value.url"),
        ("CCN_GIS_PUBLIC_URL", "ftp://gis.example.vn", "value.url"),
        ("CCN_GIS_PUBLIC_URL", "https://user:pass@gis.example.vn", "value.url"),
        ("CCN_GIS_PUBLIC_URL", "https://gis.example.vn/a?b=1", "value.url"),
        ("CCN_GIS_PUBLIC_URL", 'https://gis.example.vn/"><script>', "value.url"),
        ("CCN_GIS_PUBLIC_URL", "https://gis.example.vn/a b", "value.url"),
    ],
)
def test_a_bad_setting_is_refused_by_name(name: str, value: str, code: str) -> None:
    """The error says which variable and what it held."""
    with pytest.raises(InvalidValue) as caught:
        Settings.from_environment({name: value})
    assert caught.value.code == code
    assert caught.value.facts["name"] == name
    assert len(caught.value.sentence()) < 400


@pytest.mark.parametrize(
    ("url", "prefix", "link"),
    [
        ("", "", "/api/x"),
        ("http://127.0.0.1:8000", "", "http://127.0.0.1:8000/api/x"),
        ("https://gis.example.vn/", "", "https://gis.example.vn/api/x"),
        ("https://gis.example.vn/ccn/", "/ccn", "https://gis.example.vn/ccn/api/x"),
        ("http://[::1]:8000/a/b", "/a/b", "http://[::1]:8000/a/b/api/x"),
    ],
)
def test_links_are_made_of_the_public_address(url: str, prefix: str, link: str) -> None:
    """A last slash does not count; without an address links begin with a slash."""
    settings = Settings(public_url=url)
    assert (settings.path_prefix, settings.link("/api/x")) == (prefix, link)
