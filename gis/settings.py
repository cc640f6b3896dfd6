"""The register's settings: territory and zone, natural area, target, outline, logo, four eyes.

One request changes any of them in one change, behind one decision. The zone is that of what comes
later: coordinates that the register holds keep the zone that they were given with.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gis.crs import Located, is_projected, require_supported
from gis.errors import InvalidValue, NotFound
from gis.geometry import require_region
from gis.given import given_number
from gis.mandates import (
    ALWAYS,
    FOUR_EYES,
    Done,
    Mandate,
    carry_out,
    decision_of,
    effective_date,
    needs_four_eyes,
)
from gis.model import (
    Confidence,
    Decision,
    Moment,
    NaturalArea,
    Quality,
    Source,
    Target,
    Territory,
    Version,
    today,
)
from gis.registered import new_id, time_left
from gis.store import Entry, Reader, Store, Transaction
from gis.surveyed import Surveyed

TERRITORY: Final = "territory"
LOGO: Final = "logo"
NUMERATORS: Final = ("kcn", "ccn", "kcn+ccn")
LARGEST_LOGO: Final = 200_000
"""Bytes of a logo."""

_SINCE: Final = "{name}_since"
_PICTURES: Final = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_MOST_HA: Final = 1e8


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings:
    """What to change; None leaves a setting as it is.

    ``on`` is the day from which it holds, by default the decision's. ``territory_id`` makes a
    territory of the register its own; zone, natural area, target and outline are of that one.
    ``epsg`` is a VN-2000 zone. ``target_numerator`` is kcn, ccn or kcn+ccn. ``logo`` is a PNG or
    JPEG picture in base64, "" for none. ``four_eyes`` says whether another person has to put
    changes of land in force.
    """

    on: date | None = None
    territory_id: str | None = None
    epsg: int | None = None
    natural_area_ha: float | None = None
    target_percent: float | None = None
    target_due: date | None = None
    target_numerator: str = "kcn+ccn"
    outline: Surveyed | None = None
    logo: str | None = None
    four_eyes: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """From when a setting holds, and by which decision; None where nobody said."""

    on: date | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes and media type."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSettings:
    """The settings as they are at a moment; natural areas and targets in order of their dates."""

    territory: Version[Territory] | None
    territories: tuple[Territory, ...]
    has_outline: bool
    natural_areas: tuple[Version[NaturalArea], ...]
    targets: tuple[Version[Target], ...]
    four_eyes: bool
    has_logo: bool
    since: dict[str, Since]
    decisions: dict[str, Decision]


def change_settings(store: Store, request: ChangeSettings, mandate: Mandate) -> Done:
    """Change settings of the register, all of them in one change.

    Raises:
        RuleBroken: ``decision.required`` for anything but the logo.
        NotFound: ``territory.unknown``, ``decision.unknown``.
        InvalidValue: ``value.empty`` where nothing is asked for or no day is known;
            ``value.number``, ``value.choice``, ``logo.unusable``.
        CrsProblem, GeometryProblem: for a zone or an outline that can't be.
    """
    if request == ChangeSettings(on=request.on, target_numerator=request.target_numerator):
        raise InvalidValue("value.empty", name="request")
    is_logo_only = request == ChangeSettings(on=request.on, logo=request.logo)
    picture = None if request.logo is None else _checked_logo(request.logo)
    with carry_out(store, mandate, "settings.change", is_land=not is_logo_only) as (
        transaction,
        done,
    ):
        change = _Change(transaction, mandate, done, is_logo_only=is_logo_only, on=request.on)
        if request.territory_id is not None:
            _find_territory(transaction, request.territory_id, change.on)
            change.set(TERRITORY, request.territory_id)
        change.territory(request)
        change.natural_area(request)
        change.target(request)
        if request.four_eyes is not None:
            change.set(FOUR_EYES, "1" if request.four_eyes else "0")
        if picture is not None:
            change.set(LOGO, picture)
    return done


def register_settings(store: Store, moment: Moment) -> RegisterSettings:
    """Return the settings of a register and the decisions behind them."""
    territories = store.all(Territory, moment)
    own_id = store.setting(TERRITORY)
    own = next((found for found in territories if found.thing.id == own_id), None)
    decisions = {found.thing.id: found.thing for found in store.all(Decision, moment)}
    areas = [v for v in store.all(NaturalArea, moment) if v.thing.territory_id == own_id]
    targets = [v for v in store.all(Target, moment) if v.thing.territory_id == own_id]
    shaped = store.records(Territory, moment, ids=[own_id or ""])
    return RegisterSettings(
        territory=own,
        territories=tuple(found.thing for found in territories),
        has_outline=bool(shaped),
        natural_areas=tuple(sorted(areas, key=lambda found: found.thing.on)),
        targets=tuple(sorted(targets, key=lambda found: found.thing.due)),
        four_eyes=needs_four_eyes(store),
        has_logo=logo_of(store) is not None,
        since={name: _since(store, name, decisions) for name in (TERRITORY, FOUR_EYES, LOGO)},
        decisions=decisions,
    )


def logo_of(store: Reader) -> Picture | None:
    """Return the register's logo; None where it has none."""
    kept = store.setting(LOGO)
    if not kept:
        return None
    media_type, _comma, text = kept.partition(",")
    return Picture(base64.b64decode(text), media_type)


class _Change:
    """One change of settings in the making: what holds from which day, by which decision."""

    def __init__(
        self,
        transaction: Transaction,
        mandate: Mandate,
        done: Done,
        *,
        is_logo_only: bool,
        on: date | None,
    ) -> None:
        self._transaction = transaction
        self._done = done
        self._decision = decision_of(transaction, mandate)
        given = on or (today() if is_logo_only else None)
        self.on = effective_date(transaction, mandate, given)
        self._territory_id = transaction.setting(TERRITORY)
        self._source_id: str | None = None

    def set(self, name: str, value: str) -> None:
        """Keep a setting, and since when by which decision."""
        if name == TERRITORY:
            self._territory_id = value
        since = {
            "on": self.on.isoformat(),
            "decision_id": None if self._decision is None else self._decision.id,
        }
        self._transaction.set_setting(name, value)
        self._transaction.set_setting(_SINCE.format(name=name), json.dumps(since))

    def territory(self, request: ChangeSettings) -> None:
        """Give the territory another zone or outline; coordinates are kept as they are."""
        if request.epsg is None and request.outline is None:
            return
        version = self._own()
        territory, outline = version.thing, self._outline(version.thing.id)
        if request.epsg is not None:
            if not is_projected(require_supported(request.epsg)):
                raise InvalidValue(
                    "value.choice", value=request.epsg, name="epsg", choices="VN-2000"
                )
            territory = replace(territory, epsg=request.epsg)
        if request.outline is not None:
            found = request.outline.located()
            outline = Located(require_region(found.geometry), found.epsg)
            territory = replace(territory, quality=Quality.GENERALISED)
        left = time_left(self._transaction, Territory, territory.id, self.on)
        self._transaction.put(Entry(territory, left, outline))
        self._done.tell((Territory, territory.id))

    def natural_area(self, request: ChangeSettings) -> None:
        """Record the territory's natural area as of the day."""
        if request.natural_area_ha is None:
            return
        area_ha = given_number("natural_area_ha", request.natural_area_ha, low=1.0, high=_MOST_HA)
        territory = self._own().thing
        area = NaturalArea(
            id=new_id(
                self._transaction, NaturalArea, None, f"{territory.id}-{self.on.isoformat()}"
            ),
            territory_id=territory.id,
            area_ha=float(area_ha or 0),
            on=self.on,
            source_id=self._source(),
            confidence=Confidence.SOURCED,
        )
        self._transaction.put(Entry(area, ALWAYS))
        self._done.tell((NaturalArea, area.id))

    def target(self, request: ChangeSettings) -> None:
        """Record a target share of the territory."""
        if request.target_percent is None and request.target_due is None:
            return
        if request.target_percent is None or request.target_due is None:
            name = "target_due" if request.target_due is None else "target_percent"
            raise InvalidValue("value.empty", name=name)
        if request.target_numerator not in NUMERATORS:
            facts = {"name": "target_numerator", "choices": ", ".join(NUMERATORS)}
            raise InvalidValue("value.choice", value=request.target_numerator[:40], **facts)
        given_number("target_percent", request.target_percent, low=1e-6, high=100.0)
        territory, due = self._own().thing, request.target_due
        target = Target(
            id=new_id(self._transaction, Target, None, f"{territory.id}-{due.year}"),
            territory_id=territory.id,
            percent=request.target_percent,
            due=due,
            numerator=request.target_numerator,
            source_id=self._source(),
        )
        self._transaction.put(Entry(target, ALWAYS))
        self._done.tell((Target, target.id))

    def _own(self) -> Version[Territory]:
        return _find_territory(self._transaction, self._territory_id or "", self.on)

    def _outline(self, territory_id: str) -> Located | None:
        found = self._transaction.records(Territory, Moment(self.on), ids=[territory_id])
        return found[0].located if found else None

    def _source(self) -> str:
        """Return the publication that the decision is, recorded with it."""
        decision = self._decision
        assert decision is not None  # anything but a logo has one
        known = self._transaction.all(Source, Moment(self.on), ids=[decision.id])
        if not known and self._source_id is None:
            title = " ".join(filter(None, (decision.number, decision.title)))
            source = Source(
                id=decision.id, title=title, publisher=decision.issuer, reference=decision.number
            )
            self._transaction.put(Entry(source, ALWAYS))
        self._source_id = decision.id
        return decision.id


def _find_territory(reader: Reader, territory_id: str, on: date) -> Version[Territory]:
    known = reader.all(Territory, Moment(on))
    for found in known:
        if found.thing.id == territory_id:
            return found
    choices = ", ".join(found.thing.id for found in known)
    raise NotFound("territory.unknown", value=territory_id[:60], choices=choices)


def _checked_logo(text: str) -> str:
    """Return a logo as it is kept: its media type and its bytes in base64; "" for none."""
    if not text:
        return ""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidValue("logo.unusable", limit_kb=LARGEST_LOGO // 1000) from error
    kinds: Sequence[str] = [kind for magic, kind in _PICTURES if content.startswith(magic)]
    if not kinds or len(content) > LARGEST_LOGO:
        raise InvalidValue("logo.unusable", limit_kb=LARGEST_LOGO // 1000)
    return f"{kinds[0]},{text}"


def _since(store: Reader, name: str, decisions: dict[str, Decision]) -> Since:
    kept = store.setting(_SINCE.format(name=name))
    if kept is None:
        return Since()
    told = json.loads(kept)
    return Since(
        on=date.fromisoformat(told["on"]), decision=decisions.get(told["decision_id"] or "")
    )
