"""What addresses may be asked: every string of a query becomes a value here, and nowhere else.

A query is a pydantic model whose fields read their text by our own rules, so that each refusal
has one of the register's codes. An unknown parameter is refused (THREATS 36, 39, 40).
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Final, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from gis.errors import InvalidValue
from gis.leases import LeaseFlag
from gis.model import (
    Basis,
    ClusterKind,
    LeaseState,
    LeaseTier,
    PlotState,
    Stage,
    SubmissionState,
    parse_date,
    parse_instant,
)
from gis.store import Box

LONGEST_ID: Final = 200
"""Characters of an id in a query; none of ours comes near."""

LONGEST_PATH: Final = 2000
"""Characters of a path of ours in a query."""

E = TypeVar("E", bound=StrEnum)
_DECIMAL: Final = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_FARTHEST_DEGREES: Final = 1000.0
"""A map panned around the world asks beyond 180°, but never this far."""

DATE_PATTERN: Final = r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})$"


class Language(StrEnum):
    """Language of the sentences in an answer."""

    VI = "vi"
    EN = "en"


def _reader(read: Callable[[str], Any]) -> BeforeValidator:
    """Let a field read its text with ``read``; its refusal joins those of the other fields."""

    def told(value: Any) -> Any:
        try:
            return read(value) if isinstance(value, str) else value
        except InvalidValue as error:
            raise PydanticCustomError(cast("Any", error.code), "refused", error.facts) from error

    return BeforeValidator(told)


def _choice(choices: type[E], name: str) -> BeforeValidator:
    def read(value: str) -> E:
        try:
            return choices(value)
        except ValueError:
            listed = ", ".join(choices)
            raise InvalidValue(
                "value.choice", value=value[:40], name=name, choices=listed
            ) from None

    return _reader(read)


def read_bbox(value: str) -> Box:
    """Read ``west,south,east,north`` in WGS84 degrees.

    >>> read_bbox("105.2,20.4,105.9,21.1")
    (105.2, 20.4, 105.9, 21.1)

    Raises:
        InvalidValue: ``value.bbox`` unless they are four finite numbers in order.
    """
    found = [_DECIMAL.fullmatch(part) for part in value[:400].split(",")]
    numbers = [float(match[1]) for match in found if match]
    if len(found) != 4 or len(numbers) != 4 or any(abs(n) > _FARTHEST_DEGREES for n in numbers):
        raise InvalidValue("value.bbox", value=value[:80])
    west, south, east, north = numbers
    if west > east or south > north:
        raise InvalidValue("value.bbox", value=value[:80])
    return west, south, east, north


def _checked_bbox(value: str) -> str:
    """Return a box as it came: a tuple would be taken for a repeated parameter."""
    read_bbox(value)
    return value


def read_limit(value: str) -> int:
    """Read the size of a page: a whole number from 1, however large.

    >>> read_limit("100000000000000000000")
    10000

    Raises:
        InvalidValue: ``value.number``.
    """
    digits = value.lstrip("0")
    if not (value.isascii() and value.isdigit() and digits):
        raise InvalidValue("value.number", value=value[:40], name="limit", low=1, high=MOST)
    return min(int(digits[:9]), MOST)


def _id(name: str) -> BeforeValidator:
    def read(value: str) -> str:
        if _CONTROL.search(value) or len(value) > LONGEST_ID or not value:
            raise InvalidValue("value.id", name=name, limit=LONGEST_ID)
        return value

    return _reader(read)


def _path(name: str) -> BeforeValidator:
    def read(value: str) -> str:
        if _CONTROL.search(value) or len(value) > LONGEST_PATH:
            raise InvalidValue("value.id", name=name, limit=LONGEST_PATH)
        return value

    return _reader(read)


def _yes_or_no(name: str) -> BeforeValidator:
    def read(value: str) -> bool:
        if value not in ("true", "false"):
            raise InvalidValue("value.choice", value=value[:40], name=name, choices="true, false")
        return value == "true"

    return _reader(read)


MOST: Final = 10_000
"""The largest page; `Settings.page_size_max` may lower it."""

_NONE = SkipJsonSchema[None]
_ID_SCHEMA: Final[dict[str, Any]] = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}


class Asked(BaseModel):
    """What every address takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: Annotated[
        Language | _NONE,
        _choice(Language, "lang"),
        Field(description="Language of sentences; else Accept-Language, else Vietnamese."),
    ] = None


class LoginAsked(Asked):
    """Where to go after signing in."""

    next: Annotated[str | _NONE, _path("next"), Field(description="A path of this service.")] = None


class LogoAsked(Asked):
    """Which logo: a tag that changes with it, so that browsers ask anew."""

    v: Annotated[str | _NONE, _id("v"), Field(description="Tag of the logo.")] = None


class AskedOn(Asked):
    """A question about a date."""

    on: Annotated[
        date | _NONE,
        _reader(parse_date),
        WithJsonSchema({"type": "string", "pattern": DATE_PATTERN, "examples": ["2024-12-31"]}),
        Field(
            description="Date asked about, 2024-12-31 or 31/12/2024. Default: today in Vietnam; "
            "of an example register, the date of the example."
        ),
    ] = None


def _checked_instant(value: str) -> str:
    """Return a time as it came, so that links can carry it; "+" may have become a blank."""
    text = value.replace(" ", "+")
    parse_instant(text)
    return text


class AskedAt(AskedOn):
    """A question in both times: what held on a date, as the register knew it at a time."""

    known_at: Annotated[
        str | _NONE,
        _reader(_checked_instant),
        WithJsonSchema({"type": "string", "examples": ["2026-01-31T17:00:00+07:00"]}),
        Field(
            description="What the register knew then, 2026-01-31T17:00:00+07:00 or a date (its "
            "end in Vietnam). Default: now."
        ),
    ] = None

    @property
    def instant(self) -> datetime | None:
        """Return ``known_at`` as a time."""
        return None if self.known_at is None else parse_instant(self.known_at)


class ClustersAsked(AskedAt):
    """Which clusters and zones."""

    kind: Annotated[
        ClusterKind | _NONE,
        _choice(ClusterKind, "kind"),
        Field(description="ccn: industrial clusters; kcn: industrial zones. Default: both."),
    ] = None
    stage: Annotated[
        Stage | _NONE,
        _choice(Stage, "stage"),
        Field(description="Only those that have, or may have, come this far on the date."),
    ] = None


class ParcelsAsked(AskedAt):
    """Which parcels, a page at a time."""

    cluster: Annotated[
        str | _NONE,
        _id("cluster"),
        WithJsonSchema({**_ID_SCHEMA, "examples": ["ccn-tien-tien"]}),
        Field(description="Id of a cluster or zone."),
    ] = None
    bbox: Annotated[
        str | _NONE,
        _reader(_checked_bbox),
        WithJsonSchema({"type": "string", "examples": ["105.2,20.4,105.9,21.1"]}),
        Field(
            description="west,south,east,north in WGS84 degrees; parcels whose own box meets it."
        ),
    ] = None
    limit: Annotated[
        int | _NONE,
        _reader(read_limit),
        WithJsonSchema({"type": "integer", "minimum": 1, "examples": [100]}),
        Field(description="Parcels a page: default 100; more than 10 000 gives 10 000."),
    ] = None
    after: Annotated[
        str | _NONE,
        _id("after"),
        WithJsonSchema(_ID_SCHEMA),
        Field(description="Id of the last parcel of the page before; see the link next."),
    ] = None

    @property
    def box(self) -> Box | None:
        """Return ``bbox`` as numbers."""
        return None if self.bbox is None else read_bbox(self.bbox)


def _text(name: str) -> BeforeValidator:
    def read(value: str) -> str:
        if _CONTROL.search(value) or len(value) > LONGEST_ID or not value.strip():
            raise InvalidValue("value.id", name=name, limit=LONGEST_ID)
        return value.strip()

    return _reader(read)


def _of_day(name: str) -> BeforeValidator:
    return _reader(lambda value: parse_date(value, name=name))


class TenureAsked(AskedAt):
    """By whom and where land is held, a page at a time; every filter has to fit."""

    cluster: Annotated[
        str | _NONE,
        _id("cluster"),
        WithJsonSchema({**_ID_SCHEMA, "examples": ["ccn-tien-tien"]}),
        Field(description="Id of a cluster or zone."),
    ] = None
    party: Annotated[
        str | _NONE,
        _text("party"),
        WithJsonSchema(_ID_SCHEMA),
        Field(description="Lessor or lessee: an id or part of a name, diacritics or not."),
    ] = None
    tax_code: Annotated[
        str | _NONE,
        _text("tax_code"),
        WithJsonSchema(_ID_SCHEMA),
        Field(description="Tax code of a party."),
    ] = None
    contract: Annotated[
        str | _NONE,
        _text("contract"),
        WithJsonSchema(_ID_SCHEMA),
        Field(description="Part of a contract's number."),
    ] = None
    label: Annotated[
        str | _NONE,
        _text("label"),
        WithJsonSchema({**_ID_SCHEMA, "examples": ["CN-01"]}),
        Field(description="Plot label."),
    ] = None
    sheet: Annotated[
        str | _NONE,
        _text("sheet"),
        WithJsonSchema(_ID_SCHEMA),
        Field(description="Map sheet; with number and commune it may still name several."),
    ] = None
    number: Annotated[
        str | _NONE,
        _text("number"),
        WithJsonSchema(_ID_SCHEMA),
        Field(description="Parcel number on its sheet."),
    ] = None
    commune: Annotated[
        str | _NONE,
        _text("commune"),
        WithJsonSchema(_ID_SCHEMA),
        Field(description="Code of the commune of sheet and number."),
    ] = None
    flag: Annotated[
        LeaseFlag | _NONE,
        _choice(LeaseFlag, "flag"),
        Field(description="A flag of its lease on the date."),
    ] = None
    limit: Annotated[
        int | _NONE,
        _reader(read_limit),
        WithJsonSchema({"type": "integer", "minimum": 1, "examples": [100]}),
        Field(description="Rows a page: default 100; more than 10 000 gives 10 000."),
    ] = None
    after: Annotated[
        str | _NONE,
        _id("after"),
        WithJsonSchema(_ID_SCHEMA),
        Field(description="Id of the last row of the page before; see the link next."),
    ] = None


class LeasesAsked(TenureAsked):
    """Which leases."""

    tier: Annotated[
        LeaseTier | _NONE,
        _choice(LeaseTier, "tier"),
        Field(description="head, direct or sublease."),
    ] = None
    state: Annotated[
        LeaseState | _NONE,
        _choice(LeaseState, "state"),
        Field(description="State on the date."),
    ] = None
    expiring_before: Annotated[
        date | _NONE,
        _of_day("expiring_before"),
        WithJsonSchema({"type": "string", "pattern": DATE_PATTERN, "examples": ["2026-01-01"]}),
        Field(description="In force, and its last day, renewals included, is before this day."),
    ] = None


class HeldParcelsAsked(TenureAsked):
    """Which parcels."""

    state: Annotated[
        PlotState | _NONE,
        _choice(PlotState, "state"),
        Field(description="vacant, approved or leased on the date."),
    ] = None


class ChangeAsked(Asked):
    """How a change is asked for."""

    dry_run: Annotated[
        bool,
        _yes_or_no("dry_run"),
        Field(description="Check everything and keep nothing."),
    ] = False
    draft: Annotated[
        bool,
        _yes_or_no("draft"),
        Field(description="Keep it as a draft of a submission, whatever is still wrong with it."),
    ] = False


class JournalAsked(Asked):
    """Which entries of the journal."""

    cluster: Annotated[
        str | _NONE,
        _id("cluster"),
        WithJsonSchema({**_ID_SCHEMA, "examples": ["ccn-tien-tien"]}),
        Field(description="Id of a cluster or zone: its own entries only."),
    ] = None
    before: Annotated[
        int | _NONE,
        _reader(read_limit),
        WithJsonSchema({"type": "integer", "minimum": 1}),
        Field(description="Entries older than this number; see the answer's before."),
    ] = None
    limit: Annotated[
        int | _NONE,
        _reader(read_limit),
        WithJsonSchema({"type": "integer", "minimum": 1, "examples": [100]}),
        Field(description="Entries a page: default 100."),
    ] = None


class SubmissionsAsked(Asked):
    """Which submissions."""

    state: Annotated[
        SubmissionState | _NONE,
        _choice(SubmissionState, "state"),
        Field(description="How far it has come."),
    ] = None
    cluster: Annotated[
        str | _NONE,
        _id("cluster"),
        WithJsonSchema({**_ID_SCHEMA, "examples": ["ccn-tien-tien"]}),
        Field(description="Id of a cluster or zone."),
    ] = None
    mine: Annotated[
        bool, _yes_or_no("mine"), Field(description="Those of the one who asks only.")
    ] = False


class EmbedAsked(AskedOn):
    """What an embedded map shows."""

    layers: Annotated[
        str | _NONE,
        _id("layers"),
        WithJsonSchema(_ID_SCHEMA),
        Field(description="Layers to show, with commas between them. Default: all."),
    ] = None
    cluster: Annotated[
        str | _NONE,
        _id("cluster"),
        WithJsonSchema(_ID_SCHEMA),
        Field(description="Id of the cluster or zone to begin at."),
    ] = None


class OutlineAsked(AskedAt):
    """Which territory."""

    territory: Annotated[
        str | _NONE,
        _id("territory"),
        WithJsonSchema({**_ID_SCHEMA, "examples": ["hoa-binh"]}),
        Field(description="Id of a territory. Default: the register's own."),
    ] = None


class HistoryAsked(OutlineAsked):
    """Which territory's land, and how far it has come."""

    stage: Annotated[
        Stage,
        _choice(Stage, "stage"),
        Field(description="How far the land has come; each stage lies within the one before."),
    ] = Stage.ESTABLISHED


class ShareAsked(HistoryAsked):
    """Which share of a territory's natural land."""

    basis: Annotated[
        Basis,
        _choice(Basis, "basis"),
        Field(description="Where areas come from: dated publications, decisions or geometry."),
    ] = Basis.PUBLISHED
    include_synthetic: Annotated[
        bool,
        _yes_or_no("include_synthetic"),
        Field(description="Count synthetic boundaries too; the answer then says so."),
    ] = False
