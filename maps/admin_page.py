"""The page "Thiết lập": people and the settings of the register, each with its decision and day.

The page is rendered on the server; its forms are sent as JSON by ``admin.js``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gis.accounts import Account
from gis.crs import VN2000_ZONES
from gis.error_texts import Language
from gis.model import Change, Cluster, ClusterKind, Decision
from gis.rights import Role
from gis.settings import NUMERATORS, RegisterSettings, Since
from maps import formats
from maps.page import Page, PageContext, render_form
from maps.people_page import moment_said, scope_said, term
from maps.people_texts import people_texts

LAST_CHANGES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminFacts:
    """What the page shows: ``people`` None where the reader may not manage them.

    ``subjects`` are who accounts are at the office's provider, None where there is none.
    """

    people: Sequence[Account] | None
    settings: RegisterSettings | None
    clusters: Sequence[Cluster]
    changes: Sequence[Change]
    names: Mapping[str, str]
    own_id: str
    subjects: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """An account as the administrator sees it."""

    account: Account
    roles: str
    scope: str
    state: str
    last: str
    is_self: bool
    subject: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """A setting's present value, and since when by which decision."""

    value: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One change of the settings."""

    when: str
    who: str
    decision: str


def admin_page(context: PageContext, facts: AdminFacts) -> Page:
    """Return the page of people and settings."""
    language = context.language
    words = people_texts(language)
    values: dict[str, Any] = {
        "people": None
        if facts.people is None
        else [_person(one, facts, language) for one in facts.people],
        "role_names": [(role.value, term(f"role.{role}", language)) for role in Role],
        "cluster_names": _cluster_names(facts.clusters),
        "settings": None,
    }
    if facts.settings is not None:
        values |= _settings(facts, facts.settings, language)
    return render_form("admin.html", context, words, {"said": None, **values}, _config(context))


def _config(context: PageContext) -> dict[str, Any]:
    words = people_texts(context.language)
    told = ("admin_no_polygon", "admin_failed")
    reader = context.reader
    return {
        "base": context.base,
        "csrf": None if reader is None else reader.csrf,
        "language": context.language,
        "texts": {key: words[key] for key in told},
    }


def _person(account: Account, facts: AdminFacts, language: Language) -> PersonRow:
    words = people_texts(language)
    if not account.is_enabled:
        state = words["state_disabled"]
    else:
        state = words["state_enabled" if account.has_password else "state_invited"]
    names = {cluster.id: cluster.name_vi for cluster in facts.clusters}
    return PersonRow(
        account=account,
        roles=", ".join(term(f"role.{role}", language) for role in sorted(account.roles)),
        scope=scope_said(account, names, language),
        state=state,
        last=moment_said(account.last_signed_in_at, language) or words["never"],
        is_self=account.id == facts.own_id,
        subject=None if facts.subjects is None else facts.subjects.get(account.id, ""),
    )


def _cluster_names(clusters: Sequence[Cluster]) -> list[tuple[str, str]]:
    """Return ids and names, clusters before zones, each in order of their names."""
    ordered = sorted(clusters, key=lambda one: (one.kind is ClusterKind.KCN, one.name_vi))
    return [(one.id, f"{one.kind.value.upper()} {one.name_vi}") for one in ordered]


def _settings(facts: AdminFacts, found: RegisterSettings, language: Language) -> dict[str, Any]:
    words = people_texts(language)
    territory = None if found.territory is None else found.territory.thing
    has = {True: words["yes_it_is"], False: words["no_it_is_not"]}
    return {
        "settings": found,
        "territory": territory,
        "territories": [
            (one.id, one.name_vi if language == "vi" else one.name_en) for one in found.territories
        ],
        "territory_since": _since(found.since["territory"], language),
        "zones": [
            (epsg, _zone(epsg))
            for epsg in sorted(VN2000_ZONES, key=lambda code: VN2000_ZONES[code])
        ],
        "zone": None if territory is None or territory.epsg is None else _zone(territory.epsg),
        "areas": [
            SettingRow(
                value=formats.hectares(version.thing.area_ha, language),
                since=_by(
                    version.thing.on, found.decisions.get(version.decision_id or ""), language
                ),
            )
            for version in found.natural_areas
        ],
        "targets": [
            SettingRow(
                value=words["target_by"].format(
                    percent=formats.percent(version.thing.percent, language, 2),
                    due=formats.day(version.thing.due, language),
                    numerator=words[f"numerator_{version.thing.numerator.replace('+', '_')}"],
                ),
                since=_by(None, found.decisions.get(version.decision_id or ""), language),
            )
            for version in found.targets
        ],
        "numerators": [
            (one, words[f"numerator_{one.replace('+', '_')}"]) for one in reversed(NUMERATORS)
        ],
        "outline": has[found.has_outline],
        "logo": has[found.has_logo],
        "logo_since": _since(found.since["logo"], language),
        "four_eyes_since": _since(found.since["four_eyes"], language),
        "changes": [_change(change, facts, found, language) for change in facts.changes],
    }


def _zone(epsg: int) -> str:
    """Name a zone by its central meridian.

    >>> _zone(9211)
    'EPSG:9211 · 106°00′'
    """
    degrees, minutes = divmod(round(VN2000_ZONES[epsg] * 60), 60)
    return f"EPSG:{epsg} · {degrees}°{minutes:02d}′"


def _since(since: Since, language: Language) -> str:
    return _by(since.on, since.decision, language)


def _by(on: date | None, decision: Decision | None, language: Language) -> str:
    words = people_texts(language)
    parts = [] if on is None else [words["since_day"].format(day=formats.day(on, language))]
    if decision is not None:
        parts.append(f"{decision.number} ({decision.issuer})")
    return " · ".join(parts)


def _change(
    change: Change, facts: AdminFacts, found: RegisterSettings, language: Language
) -> ChangeRow:
    decision = found.decisions.get(change.decision_id or "")
    return ChangeRow(
        when=moment_said(change.at, language),
        who=facts.names.get(change.by, change.by),
        decision="" if decision is None else decision.number,
    )
