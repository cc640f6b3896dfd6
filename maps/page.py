"""The pages as text: the planner's map, one cluster, the embed, and the first steps when empty.

A page is a function of its values, rendered by Jinja2 with autoescape around the map object of
`maps.shell`. The one inline script holds no value of the register; its hash goes into the page's
Content-Security-Policy, so that a page revalidated by 304 still runs (a nonce would not match).
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from gis.error_texts import Language
from gis.errors import InvalidValue
from maps import formats
from maps.inline import json_text
from maps.resources import asset_version
from maps.shell import MapView, map_shell
from maps.style import style_table
from maps.texts import texts

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"

#: Where every map begins; the scripts fit it to the land once that is loaded.
MAP_VIEW: Final = MapView(20.72, 105.35, 9)

#: The same, where the wheel scrolls the page around the map.
PAGE_VIEW: Final = MapView(20.72, 105.35, 9, wheel_zooms=False)

#: What an embed can draw; all of it by default.
EMBED_LAYERS: Final = ("clusters", "zones", "plan", "plots", "legend")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads a page, signed in: their name, their session's token and what they may do.

    ``actions`` are the codes of `gis.rights.Action` that they may do somewhere.
    """

    name: str
    csrf: str | None
    actions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What every page is told: language, date, register and where its addresses begin.

    ``base`` is the path prefix of the service ("" or "/ccn"); ``public_url`` the address that an
    embedding portal must use. ``example_on`` is the date of an example register, else None.
    ``reader`` is None for the public, which is offered to sign in where ``can_sign_in``.
    ``logo`` is the address of the register's own, else None.
    """

    language: Language = "vi"
    on: date
    is_default_date: bool = True
    territory_id: str | None = None
    example_on: date | None = None
    base: str = ""
    public_url: str = ""
    path: str = "/"
    reader: Reader | None = None
    can_sign_in: bool = False
    logo: str | None = None

    @property
    def sign_in_link(self) -> str:
        """Return the address to sign in at, which then leads back to this page."""
        here = urlencode({"next": self.link(self.path)})
        at = self.link("/login")
        return f"{at}{'&' if '?' in at else '?'}{here}"

    @property
    def other_language(self) -> Language:
        """Return the language that the page offers to switch to."""
        return "en" if self.language == "vi" else "vi"

    @property
    def other_language_link(self) -> str:
        """Return the address of the same page in the other language."""
        return self.link(self.path, language=self.other_language)

    def link(self, path: str, *, language: Language | None = None) -> str:
        """Return the address of a page of the service in this language and for this date."""
        asked = {}
        if (language or self.language) == "en":
            asked["lang"] = "en"
        if not self.is_default_date:
            asked["on"] = self.on.isoformat()
        return f"{self.base}{path}" + (f"?{urlencode(asked)}" if asked else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedOptions:
    """What a portal may choose for its embedded map."""

    layers: tuple[str, ...] = EMBED_LAYERS
    cluster_id: str | None = None


def read_layers(text: str | None) -> tuple[str, ...]:
    """Read the layers of an embed, with commas between them; none asked for means all.

    >>> read_layers("clusters,legend")
    ('clusters', 'legend')

    Raises:
        InvalidValue: ``value.choice`` for one that there is not.
    """
    asked = tuple(filter(None, (text or "").split(",")))
    for layer in asked:
        if layer not in EMBED_LAYERS:
            listed = ", ".join(EMBED_LAYERS)
            raise InvalidValue("value.choice", value=layer[:40], name="layers", choices=listed)
    return asked or EMBED_LAYERS


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text and the hashes of its inline scripts, as Content-Security-Policy has them."""

    html: str
    script_hashes: tuple[str, ...] = field(default=())


def map_page(context: PageContext, *, is_empty: bool = False) -> Page:
    """Return the planner's map; for a register without clusters, what to do first."""
    template = "empty.html" if is_empty else "map.html"
    return _page(template, context, "map.js", MAP_VIEW, {"view": "map"})


def embed_page(context: PageContext, options: EmbedOptions) -> Page:
    """Return the map for another portal's frame: the wheel belongs to the host page."""
    wanted = {"view": "embed", "layers": list(options.layers), "cluster": options.cluster_id}
    return _page("embed.html", context, "embed.js", PAGE_VIEW, wanted)


def problem_page(context: PageContext, title: str, detail: str) -> Page:
    """Return a page that says what went wrong and leads back to the map; it runs no script."""
    template = _environment().get_template("problem.html")
    values = {"page": context, "t": texts(context.language), "asset": _Assets(context.base)}
    return Page(template.render(**values, title=title, detail=detail))


def render(
    template: str,
    context: PageContext,
    module: str,
    view: MapView,
    *,
    config: Mapping[str, Any],
    values: Mapping[str, Any],
) -> Page:
    """Render a page from a template with its own values beside those of every page."""
    shell = map_shell(view, context.language)
    script = f"{shell.script}\n"
    html = (
        _environment()
        .get_template(template)
        .render(
            **values,
            page=context,
            t=texts(context.language),
            asset=_Assets(context.base),
            module=module,
            config=Markup(json_text(_config(context, config))),  # noqa: S704 - it can't leave
            shell_html=Markup(shell.html),  # noqa: S704 - folium's, with no value of the register
            shell_script=Markup(script),  # noqa: S704 - the same
            day=lambda value: formats.day(value, context.language),
        )
    )
    return Page(html, (_hash(script),))


def render_form(
    template: str,
    context: PageContext,
    words: Mapping[str, str],
    values: Mapping[str, Any],
    config: Mapping[str, Any] | None = None,
) -> Page:
    """Render a page without a map, with words of its own beside those of every page."""
    html = (
        _environment()
        .get_template(template)
        .render(
            **values,
            config=Markup(json_text(config or {})),  # noqa: S704 - it can't leave its element
            page=context,
            t={**texts(context.language), **words},
            asset=_Assets(context.base),
            is_embeddable=False,
            day=lambda value: formats.day(value, context.language),
        )
    )
    return Page(html)


def _page(
    template: str,
    context: PageContext,
    module: str,
    view: MapView,
    config: Mapping[str, Any],
) -> Page:
    values = {"is_embeddable": template == "map.html"}
    return render(template, context, module, view, config=config, values=values)


def _config(context: PageContext, config: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "language": context.language,
        "on": context.on.isoformat(),
        "isDefaultDate": context.is_default_date,
        "territory": context.territory_id,
        "exampleOn": context.example_on.isoformat() if context.example_on else None,
        "base": context.base,
        "publicUrl": context.public_url,
        "reader": None if context.reader is None else _reader_config(context.reader),
        "styles": dict(style_table()),
        "texts": texts(context.language),
        **config,
    }


def _reader_config(reader: Reader) -> dict[str, Any]:
    return {"name": reader.name, "csrf": reader.csrf, "actions": sorted(reader.actions)}


@dataclass(frozen=True, slots=True)
class _Assets:
    """The address of a static file, with the version that lets browsers keep it for ever."""

    base: str

    def __call__(self, path: str) -> str:
        return f"{self.base}/static/{asset_version()}/{path}"


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
