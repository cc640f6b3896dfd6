"""What a route works with: the service around it and the question that was asked.

Every default of a question is decided here: the language, and the date, which is today in Vietnam
or, for an example register, the date of the example.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.utils import format_datetime
from functools import cached_property
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.assets import Assets
from api.auth import Caller
from api.caching import Body, KeptBodies, Validator, is_known
from api.errors import NotAcceptable, language_of
from api.queries import Asked, AskedAt, AskedOn
from api.settings import Settings
from api.version import program_version
from gis.error_texts import Language
from gis.errors import InvalidValue
from gis.model import Moment, today
from gis.settings import LOGO
from gis.store import Store
from maps.style import STYLE_VERSION

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
HTML: Final = "text/html"


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What a register says about itself, as of its change number ``changes``."""

    changes: int
    is_example: bool
    example_on: date | None
    territory_id: str | None
    logo_tag: str | None


class Service:
    """One running application: its settings, its register and the bodies it keeps."""

    def __init__(self, settings: Settings, store: Store, assets: Assets) -> None:
        """Work on ``store``; pages load ``assets``."""
        self.settings = settings
        self.store = store
        self.assets = assets
        self.style = f"{program_version()} {STYLE_VERSION} {assets.version}"
        self.bodies = KeptBodies(settings.cache_mb * 1_000_000)
        self._facts: RegisterFacts | None = None

    def facts(self) -> RegisterFacts:
        """Return the register's facts; one short read as long as nothing changes."""
        changes = self.store.change_counter()
        if self._facts is None or self._facts.changes != changes:
            example_on = self.store.setting("example_on")
            self._facts = RegisterFacts(
                changes=changes,
                is_example=self.store.setting("is_example") == "1",
                example_on=None if example_on is None else date.fromisoformat(example_on),
                territory_id=self.store.setting("territory"),
                logo_tag=_tag_of(self.store.setting(LOGO)),
            )
        return self._facts


def _tag_of(logo: str | None) -> str | None:
    """Return what changes with a logo; None without one."""
    return hashlib.sha256(logo.encode()).hexdigest()[:12] if logo else None


class Question:
    """A request with its defaults filled in: where, in which language, about which date."""

    def __init__(
        self, request: Request, service: Service, asked: Asked, language: Language | None = None
    ) -> None:
        self.request = request
        self.service = service
        self.caller: Caller = request.state.caller
        self.facts = service.facts()
        self.language: Language = language or language_of(request)
        self.is_on_asked = isinstance(asked, AskedOn) and asked.on is not None
        self.on = self._date(asked)
        self._known_at = asked.instant if isinstance(asked, AskedAt) else None

    @property
    def store(self) -> Store:
        """Return the register."""
        return self.service.store

    @property
    def path(self) -> str:
        """Return the address asked, below the path prefix: what our own links begin with."""
        path, prefix = str(self.request.scope["path"]), self.settings.path_prefix
        return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path

    @property
    def settings(self) -> Settings:
        """Return the settings of the service."""
        return self.service.settings

    @cached_property
    def moment(self) -> Moment:
        """Return the date asked about, as known when asked or by now: all reads of an answer agree.

        Knowledge of the future is that of now. Its first use reads the register, so it belongs to
        the building of the answer.
        """
        return self.store.present(self.on).known_by(self._known_at)

    async def answer(
        self, build: Callable[[], bytes], media_types: tuple[str, ...] = (JSON,)
    ) -> Response:
        """Answer with the bytes that ``build`` makes; see `answer_body`."""
        return await self.answer_body(lambda: Body.of(build()), media_types)

    async def answer_body(
        self, build: Callable[[], Body], media_types: tuple[str, ...]
    ) -> Response:
        """Answer with what ``build`` makes, unless the client or this process has it already.

        ``build`` runs on a worker thread. The change counter was read before it, so a body can
        be newer than its validator, never older. What somebody signed in gets is neither kept
        here nor taken from what is kept for the public; `api.headers` makes it private.

        Raises:
            NotAcceptable: the client takes none of ``media_types``.
        """
        media_type = negotiated(self.request, media_types)
        etag = self._validator(media_type).etag
        headers = {
            "Cache-Control": cache_control(self.settings),
            "ETag": etag,
            "Vary": "Accept, Accept-Encoding, Accept-Language",
        }
        if self._known_at is not None:
            headers["Memento-Datetime"] = format_datetime(self._known_at, usegmt=True)
        known = self.request.headers.get("if-none-match")
        if known != "*" and is_known(etag, known):
            return Response(status_code=304, headers=headers)
        body = await self._body(etag, build)
        if known == "*":
            return Response(status_code=304, headers=headers)
        return send(self.request, body, headers, media_type)

    async def _body(self, etag: str, build: Callable[[], Body]) -> Body:
        if self.caller.is_signed_in:
            return await run_in_threadpool(build)
        body = self.service.bodies.get(etag)
        if body is None:
            body = await run_in_threadpool(build)
            self.service.bodies.keep(etag, body)
        return body

    def _validator(self, media_type: str) -> Validator:
        return Validator(
            address=address_of(self.request),
            changes=self.facts.changes,
            audience=self.caller.audience,
            on=self.on,
            language=self.language,
            style=self.service.style,
            media_type=media_type,
        )

    def _date(self, asked: Asked) -> date:
        if isinstance(asked, AskedOn) and asked.on is not None:
            return asked.on
        return self.facts.example_on or today()


def send(request: Request, body: Body, headers: dict[str, str], media_type: str) -> Response:
    """Send a body, as gzip where that is worth while and the client takes it."""
    headers = headers | dict(body.headers)
    if body.gzipped is not None and _takes_gzip(request.headers.get("accept-encoding", "")):
        headers = headers | {"Content-Encoding": "gzip"}
        return Response(body.gzipped, headers=headers, media_type=media_type)
    return Response(body.plain, headers=headers, media_type=media_type)


def address_of(request: Request) -> str:
    """Return path and query as they came; never the host, which anybody may write."""
    return f"{request.scope['path']}?{request.scope['query_string'].decode('latin-1')}"


def cache_control(settings: Settings) -> str:
    """Tell caches how long an answer may be used without asking again."""
    seconds = settings.cache_seconds
    return f"public, max-age={seconds}" if seconds else "public, no-cache"


def negotiated(request: Request, media_types: tuple[str, ...]) -> str:
    """Return the first of our formats among those that the client takes best.

    Raises:
        NotAcceptable: it takes none of them.
    """
    ranges = [_weighted(part) for part in request.headers.get("accept", "*/*").split(",")]
    weights = {media_type: _weight_of(media_type, ranges) for media_type in media_types}
    best = max(media_types, key=lambda media_type: weights[media_type])
    if weights[best] <= 0:
        raise NotAcceptable(media_types)
    return best


async def no_repeats(request: Request) -> None:
    """Refuse a parameter given twice: the last one would win in silence.

    Raises:
        InvalidValue: ``value.repeated``.
    """
    seen: set[str] = set()
    for name, _value in request.query_params.multi_items():
        if name in seen:
            raise InvalidValue("value.repeated", name=name[:40])
        seen.add(name)


async def service_of(request: Request) -> Service:
    """Return the service of the application that a request came to."""
    service: Service = request.app.state.service
    return service


ServiceHere = Annotated[Service, Depends(service_of)]


def _weighted(part: str) -> tuple[str, float]:
    name, *parameters = (text.strip().lower() for text in part.split(";"))
    for parameter in parameters:
        key, _equals, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return name, float(value)
            except ValueError:
                return name, 0.0
    return name, 1.0


def _weight_of(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return the weight of the most specific range that names a type; 0 if none does."""
    family = media_type.partition("/")[0]
    for name in (media_type, f"{family}/*", "*/*"):
        found = [weight for asked, weight in ranges if asked == name]
        if found:
            return max(found)
    return 0.0


def _takes_gzip(accept_encoding: str) -> bool:
    weights = dict(_weighted(part) for part in accept_encoding.split(","))
    return weights.get("gzip", weights.get("*", 0.0)) > 0
