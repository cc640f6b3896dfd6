"""A cluster's page: its facts, three numbers that are never mixed, balances, figures and map.

The text is rendered on the server, so that it reads, prints and is found without scripts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gis import content
from gis.clusters import ClusterBalance, ClusterDetail
from gis.error_texts import Language
from gis.model import Cluster, Confidence, DateBounds, Figure, Quality, Source
from gis.rules import Outcome, RuleFinding
from maps import formats
from maps.page import Page, PageContext, render
from maps.shell import MapView
from maps.style import LAND_USES, PLOT_STATES, Style
from maps.texts import texts

_CLUSTER_ZOOM = 14
_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what, how much, and a note of date, basis and source below it."""

    name: str
    value: str
    note: str = ""
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A published figure: number, the words as published, date, source and trust in it."""

    name: str
    value: str
    verbatim: str
    when: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class BarRow:
    """A class of a balance: its look, area and share, and what a rule asks of it."""

    style: Style
    name: str
    area: str
    percent: str
    width: float
    minimum: str = ""
    verdict: str = ""


def cluster_page(context: PageContext, detail: ClusterDetail, balance: ClusterBalance) -> Page:
    """Return the page of one cluster or zone on the context's date."""
    words = _Words(context.language)
    cluster = detail.view.cluster
    has_shape = detail.view.shape is not None
    values = {
        "is_embeddable": False,
        "cluster": cluster,
        "name": cluster.name_vi if context.language == "vi" else cluster.name_en,
        "is_synthetic": _is_synthetic(detail),
        "has_shape": has_shape,
        "facts": _facts(detail, words),
        "numbers": _three_numbers(detail, words),
        "planned": _planned(balance, words),
        "unclassified": _unclassified(balance, words),
        "actual": _actual(balance, words),
        "figures": [_figure(figure, source, words) for figure, source in detail.figures],
    }
    config = {"view": "cluster", "cluster": cluster.id, "hasShape": has_shape}
    return render(
        "cluster.html", context, "cluster.js", _view(detail), config=config, values=values
    )


class _Words:
    """Texts and formats in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = texts(language)

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def ha(self, m2_or_none: float | None) -> str:
        return formats.hectares(None if m2_or_none is None else m2_or_none / 10_000, self.language)

    def day(self, value: date | None) -> str:
        return formats.day(value, self.language)

    def bounds(self, bounds: DateBounds) -> str:
        if not bounds.is_known:
            return formats.no_data(self.language)
        if bounds.earliest == bounds.latest:
            return self.day(bounds.latest)
        if _is_whole_year(bounds):
            return str(bounds.earliest.year) if bounds.earliest else ""
        low = self.day(bounds.earliest) if bounds.earliest else "…"
        high = self.day(bounds.latest) if bounds.latest else "…"
        return self["founded_between"].format(low=low, high=high)


def _is_whole_year(bounds: DateBounds) -> bool:
    first, last = bounds.earliest, bounds.latest
    if first is None or last is None:
        return False
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and (
        first.year == last.year
    )


def _is_synthetic(detail: ClusterDetail) -> bool:
    balance = detail.view.balance
    quality = detail.view.cluster.quality
    return quality is Quality.SYNTHETIC or (balance is not None and balance.is_synthetic)


def _view(detail: ClusterDetail) -> MapView:
    shape = detail.view.shape
    if shape is None:
        return MapView(20.72, 105.35, 9)
    return MapView(round(shape.centroid.y, 5), round(shape.centroid.x, 5), _CLUSTER_ZOOM)


def _facts(detail: ClusterDetail, words: _Words) -> list[Row]:
    view, cluster = detail.view, detail.view.cluster
    measured = words["synthetic"] if cluster.quality is Quality.SYNTHETIC else ""
    rows = [
        _place(detail, words),
        Row(words["founded"], words.bounds(cluster.founded), "", cluster.founded.is_known),
        _approved_area(cluster, view.area_source, words),
        _known(words["measured_area"], view.measured_m2, words.ha, measured),
        Row(words["projects"], str(view.projects), measured),
        _yes_no(words["infrastructure"], words, value=view.infrastructure_complete),
    ]
    if detail.plan is not None:
        rows.append(Row(words["plan_approved"], words.day(detail.plan.approved_on), measured))
    rows += [
        Row(
            words["wastewater"],
            words[f"waste_{plant.state}"],
            _capacity(plant.capacity_m3_day, words),
        )
        for plant in detail.wastewater
    ]
    return rows


def _place(detail: ClusterDetail, words: _Words) -> Row:
    view = detail.view
    legacy = [unit.name_vi for unit in (view.legacy_commune, view.legacy_district) if unit]
    now = view.current_commune
    note = words["place_now"].format(place=now.name_vi) if now else ""
    value = ", ".join(legacy) or words["no_data"]
    return Row(words["place"], value, note, is_known=bool(legacy))


def _approved_area(cluster: Cluster, source: Source | None, words: _Words) -> Row:
    said = [words["as_of"].format(date=words.day(cluster.approved_area_on))]
    if source is not None:
        said.append(source.title)
    value = formats.hectares(cluster.approved_area_ha, words.language)
    is_known = cluster.approved_area_ha is not None
    return Row(words["approved_area"], value, ", ".join(said) if is_known else "", is_known)


def _known(
    name: str, value: float | None, write: Callable[[float | None], str], note: str = ""
) -> Row:
    return Row(name, write(value), note if value is not None else "", value is not None)


def _yes_no(name: str, words: _Words, *, value: bool | None) -> Row:
    if value is None:
        return Row(name, words["no_data"], is_known=False)
    return Row(name, words["yes"] if value else words["no"])


def _capacity(capacity: float | None, words: _Words) -> str:
    if capacity is None:
        return ""
    per_day = "m³/ngày" if words.language == "vi" else "m³/day"
    return f"{formats.number(capacity, 0, words.language)} {per_day}"


def _three_numbers(detail: ClusterDetail, words: _Words) -> list[Row]:
    """Return the three numbers that people call "fill rate", each under its own name."""
    view = detail.view
    fill = None if view.fill is None else view.fill.percent
    undetermined = words["undetermined"]
    note = words["synthetic"] if _is_synthetic(detail) else ""
    attained = view.attainment
    return [
        Row(
            words["legal_fill"],
            undetermined if fill is None else formats.percent(fill, words.language, 2),
            note if fill is not None else words["balance_none"],
            fill is not None,
        ),
        Row(
            words["leased_over_area"],
            formats.percent(view.leased_over_area_percent, words.language, 2),
            note if view.leased_over_area_percent is not None else "",
            view.leased_over_area_percent is not None,
        ),
        Row(
            words["attainment"],
            words["no_data"] if attained is None else attained.verbatim or words["no_data"],
            ""
            if attained is None
            else words["as_of"].format(date=words.day(attained.as_of.latest)),
            attained is not None,
        ),
    ]


def _planned(balance: ClusterBalance, words: _Words) -> list[BarRow]:
    looks = {style.code: style for style in LAND_USES}
    rows = []
    for share in balance.planned:
        bound, verdict = _held_against(share.finding, words)
        rows.append(
            BarRow(
                looks[share.land_use],
                _label(looks[share.land_use], words),
                words.ha(share.area_m2),
                formats.percent(share.percent, words.language, 2),
                _WIDTH * share.percent / 100,
                bound,
                verdict,
            )
        )
    return rows


def _held_against(finding: RuleFinding | None, words: _Words) -> tuple[str, str]:
    """Return what the rule in force asks of a share, with its version, and whether it is met."""
    if finding is None or finding.rule is None or finding.rule.value is None:
        return "", ""
    rule = finding.rule
    sign = {">=": "≥", "<=": "≤"}.get(rule.comparison or "", rule.comparison or "")
    doubt = f", {words['unverified']}" if rule.confidence is Confidence.UNVERIFIED else ""
    bound = f"{sign} {formats.number(rule.value, 0, words.language)} % ({rule.version}{doubt})"
    verdicts = {Outcome.MET: words["meets"], Outcome.BROKEN: words["fails"]}
    return bound, verdicts.get(finding.outcome, "")


def _unclassified(balance: ClusterBalance, words: _Words) -> str:
    kept = balance.balance
    return "" if kept is None else words.ha(kept.unclassified_m2)


def _actual(balance: ClusterBalance, words: _Words) -> list[BarRow]:
    looks = {style.code: style for style in PLOT_STATES}
    return [
        BarRow(
            looks[share.state],
            _label(looks[share.state], words),
            words.ha(share.area_m2),
            formats.percent(share.percent, words.language, 2),
            _WIDTH * (share.percent or 0) / 100,
        )
        for share in balance.actual
    ]


def _label(style: Style, words: _Words) -> str:
    return style.vi if words.language == "vi" else style.en


def _figure(figure: Figure, source: Source | None, words: _Words) -> FigureRow:
    names = {known.code: known for known in content.indicators()}
    known = names.get(figure.indicator)
    name = figure.indicator
    if known is not None:
        name = known.name_vi if words.language == "vi" else known.name_en
    where = "" if source is None else source.title
    is_synthetic = figure.confidence is Confidence.SYNTHETIC
    return FigureRow(
        name,
        _figure_value(figure, words),
        "" if figure.value is None else figure.verbatim or "",
        words.bounds(figure.as_of),
        words["synthetic"] if is_synthetic else where,
        figure.confidence,
    )


def _figure_value(figure: Figure, words: _Words) -> str:
    """Return the number with its unit, or the words where only words were published."""
    if figure.value is None:
        return figure.verbatim or words["no_data"]
    digits = 0 if float(figure.value).is_integer() and figure.unit != "ha" else 2
    written = formats.number(figure.value, digits, words.language)
    unit = words[f"unit_{figure.unit}"]
    return f"{written} {unit}"
