"""Bodies about the settings of a register, each with the day and the decision behind it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from api.schemas.base import Body
from gis.model import Decision
from gis.settings import RegisterSettings


class DecisionBody(Body):
    """A decision."""

    id: str
    number: str
    on: date | None
    issuer: str

    @classmethod
    def of(cls, decision: Decision | None) -> "DecisionBody | None":
        """Take a decision over; None where nobody named one."""
        if decision is None:
            return None
        return cls(id=decision.id, number=decision.number, on=decision.on, issuer=decision.issuer)


class SettingBody(Body):
    """From when a setting holds, and by which decision."""

    since: date | None
    decision: DecisionBody | None


class TerritorySetting(SettingBody):
    """The register's own territory; ``epsg`` is its legal VN-2000 zone."""

    id: str | None
    name_vi: str | None
    name_en: str | None
    epsg: int | None
    has_outline: bool


class NaturalAreaSetting(SettingBody):
    """A dated natural area of the territory."""

    area_ha: float


class TargetSetting(SettingBody):
    """A target share of the territory's natural land."""

    percent: float
    due: date
    numerator: Annotated[str, Field(description="kcn, ccn or kcn+ccn.")]


class FourEyesSetting(SettingBody):
    """Whether another person puts changes of land in force."""

    enabled: bool


class LogoSetting(SettingBody):
    """The register's own picture."""

    href: str | None


class SettingsBody(Body):
    """Every setting of the register; lists are in order of their dates."""

    territory: TerritorySetting
    natural_areas: list[NaturalAreaSetting]
    targets: list[TargetSetting]
    four_eyes: FourEyesSetting
    logo: LogoSetting

    @classmethod
    def of(cls, found: RegisterSettings, logo_href: str | None) -> "SettingsBody":
        """Take the settings of a register over."""
        four_eyes, logo = (found.since[name] for name in ("four_eyes", "logo"))
        return cls(
            territory=_territory(found),
            natural_areas=[
                NaturalAreaSetting(
                    area_ha=version.thing.area_ha,
                    since=version.thing.on,
                    decision=_decision(found, version.decision_id),
                )
                for version in found.natural_areas
            ],
            targets=[
                TargetSetting(
                    percent=version.thing.percent,
                    due=version.thing.due,
                    numerator=version.thing.numerator,
                    since=None,
                    decision=_decision(found, version.decision_id),
                )
                for version in found.targets
            ],
            four_eyes=FourEyesSetting(
                enabled=found.four_eyes,
                since=four_eyes.on,
                decision=DecisionBody.of(four_eyes.decision),
            ),
            logo=LogoSetting(
                href=logo_href, since=logo.on, decision=DecisionBody.of(logo.decision)
            ),
        )


def _territory(found: RegisterSettings) -> TerritorySetting:
    version = found.territory
    thing = None if version is None else version.thing
    return TerritorySetting(
        id=None if thing is None else thing.id,
        name_vi=None if thing is None else thing.name_vi,
        name_en=None if thing is None else thing.name_en,
        epsg=None if thing is None else thing.epsg,
        has_outline=found.has_outline,
        since=None if version is None else version.valid.start,
        decision=None if version is None else _decision(found, version.decision_id),
    )


def _decision(found: RegisterSettings, decision_id: str | None) -> DecisionBody | None:
    return DecisionBody.of(found.decisions.get(decision_id or ""))
