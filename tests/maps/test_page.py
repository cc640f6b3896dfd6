"""Pages as text: the same bytes for the same values, nothing of others, nothing run unseen."""

import base64
import hashlib
import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from maps.page import EmbedOptions, Page, PageContext, embed_page, map_page
from maps.resources import STATIC, asset_version

CONTEXT = PageContext(on=date(2024, 12, 31), territory_id="hoa-binh", base="/ccn")


class Reader(HTMLParser):
    """Collects what a page loads and what stands in its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styled: list[str] = []
        self._inside: dict[str, str | None] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note addresses, styles and scripts."""
        given = dict(attrs)
        self.addresses += [given[name] or "" for name in ("src", "href") if name in given]
        self.styled += [tag for name in given if name == "style" or name.startswith("on")]
        self._inside = given if tag == "script" else None

    def handle_data(self, data: str) -> None:
        """Note the text of a script."""
        if self._inside is not None:
            self.scripts.append((self._inside, data))

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self._inside = None if tag == "script" else self._inside


def pages() -> list[Page]:
    """Return every page that needs no register."""
    return [
        map_page(CONTEXT),
        map_page(CONTEXT, is_empty=True),
        embed_page(CONTEXT, EmbedOptions(layers=("clusters",), cluster_id="ccn-1")),
    ]


def test_a_page_loads_only_what_is_ours() -> None:
    """Every script, style and picture comes from our folder, under its version and prefix."""
    for page in pages():
        for address in Reader(page.html).addresses:
            assert address.startswith(("/ccn/", "#")), address
            place = f"/ccn/static/{asset_version()}/"
            if address.startswith("/ccn/static/"):
                assert (STATIC / address.removeprefix(place)).is_file(), address


def test_only_hashed_scripts_stand_in_a_page() -> None:
    """One inline script runs, its hash is told; no element has a style or a handler of its own."""
    for page in pages():
        reader = Reader(page.html)
        assert reader.styled == []
        running = [text for given, text in reader.scripts if given.get("type") is None and text]
        hashes = tuple(
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
            for text in running
        )
        assert hashes == page.script_hashes


def test_pages_are_the_same_bytes_each_time() -> None:
    """The random ids of folium are fixed, so that validators hold."""
    assert pages() == pages()


def test_a_page_holds_no_library_of_others() -> None:
    """jQuery, Bootstrap and the rest of folium's links are not in the pages."""
    for page in pages():
        assert not re.search(r"jquery|bootstrap|awesome|cdn|https?://", page.html, re.IGNORECASE)


def test_values_cannot_leave_the_configuration() -> None:
    """A hostile cluster id in the embed's configuration stays JSON."""
    hostile = "</script><script>alert(1)</script>\u2028${x}`"
    page = embed_page(CONTEXT, EmbedOptions(cluster_id=hostile))
    reader = Reader(page.html)
    config = next(text for given, text in reader.scripts if given.get("id") == "config")
    assert json.loads(config)["cluster"] == hostile
    assert "alert(1)</script>" not in page.html


@pytest.mark.parametrize(("language", "words"), [("vi", "Ngày"), ("en", "Date")])
def test_a_page_is_in_one_language(language: str, words: str) -> None:
    """The language is told to the browser, and the switch leads to the other one."""
    context = PageContext(on=date(2024, 12, 31), territory_id="x", language=language)  # type: ignore[arg-type]
    html = map_page(context).html
    assert f'<html lang="{language}">' in html
    assert words in html
    switch = re.search(r'data-action="language" href="([^"]+)"', html)
    assert switch
    assert ("lang=en" in switch[1]) is (language == "vi")
