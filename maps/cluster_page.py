"""A cluster's page: its facts, three numbers that are never mixed, balances, figures and map.

The text is rendered on the server, so that it reads, prints and is found without scripts.
"""

from dataclasses import dataclass
from typing import Final

from gis.clusters import ClassShare, ClusterBalance, ClusterDetail
from gis.model import LandBalance
from gis.rules import Outcome, RuleFinding
from maps.cluster_facts import (
    cluster_facts,
    is_synthetic,
    kind_name,
    published_row,
    three_numbers,
)
from maps.page import PAGE_VIEW, Page, PageContext, render
from maps.style import LAND_USES, PLOT_STATES, Style
from maps.words import Words

_SIGNS: Final = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """A class of a balance: its look, area and share (in % of the bar), and what a rule asks.

    ``limit`` is where a rule's least or most share lies on the bar, None where there is no rule.
    """

    style: Style
    name: str
    area: str
    percent: str
    width: float
    limit: float | None = None
    asked: str = ""
    rule: str = ""
    verdict: str = ""
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class SumRow:
    """A line below the classes: what and how much."""

    name: str
    area: str
    percent: str = ""


def cluster_page(context: PageContext, detail: ClusterDetail, balance: ClusterBalance) -> Page:
    """Return the page of one cluster or zone on the context's date."""
    words = Words(context.language)
    cluster = detail.view.cluster
    values = {
        "is_embeddable": False,
        "cluster": cluster,
        "name": words.choose(cluster.name_vi, cluster.name_en),
        "kind": kind_name(cluster.kind, words),
        "is_synthetic": is_synthetic(detail),
        "facts": cluster_facts(detail, context.on, words),
        "numbers": three_numbers(detail, balance, words),
        "planned": [_planned(share, words) for share in balance.planned],
        "sums": _sums(balance.balance, words) if balance.planned else [],
        "actual": _actual(balance, words),
        "figures": [published_row(figure, source, words) for figure, source in detail.figures],
    }
    config = {"view": "cluster", "cluster": cluster.id}
    return render("cluster.html", context, "cluster.js", PAGE_VIEW, config=config, values=values)


def _planned(share: ClassShare, words: Words) -> BarRow:
    style = next(style for style in LAND_USES if style.code == share.land_use)
    finding = share.finding
    rule = None if finding is None else finding.rule
    bound = None if rule is None else rule.value
    asked = source = ""
    if rule is not None and bound is not None:
        sign = _SIGNS.get(rule.comparison or "", rule.comparison or "")
        asked = f"{sign} {words.number(bound)} %"
        source = rule.version if rule.is_verified else f"{rule.version}, {words['unverified']}"
    return BarRow(
        style=style,
        name=words.label(style),
        area=words.in_hectares(share.area_m2),
        percent=words.percent(share.percent),
        width=min(share.percent, 100.0),
        limit=bound,
        asked=asked,
        rule=source,
        verdict=_verdict(finding, words) if asked else "",
        is_broken=finding is not None and finding.outcome is Outcome.BROKEN,
    )


def _verdict(finding: RuleFinding | None, words: Words) -> str:
    verdicts = {Outcome.MET: words["meets"], Outcome.BROKEN: words["fails"]}
    return "" if finding is None else verdicts.get(finding.outcome, "")


def _sums(balance: LandBalance | None, words: Words) -> list[SumRow]:
    """Return what closes the planned balance: Σ classes + unclassified − overlap = boundary."""
    if balance is None or not balance.boundary_m2:
        return []
    rows = [_sum("unclassified", balance.unclassified_m2, balance.boundary_m2, words)]
    for name, area in (("overlap", balance.overlap_m2), ("outside", balance.outside_m2)):
        # A tenth of a square metre is what shapes of record can differ by.
        if area is not None and area >= 0.1:
            rows.append(_sum(name, area, balance.boundary_m2, words))
    return [*rows, _sum("boundary", balance.boundary_m2, balance.boundary_m2, words)]


def _sum(name: str, area_m2: float | None, whole_m2: float, words: Words) -> SumRow:
    percent = None if area_m2 is None else area_m2 / whole_m2 * 100
    return SumRow(words[name], words.in_hectares(area_m2), words.percent(percent))


def _actual(balance: ClusterBalance, words: Words) -> list[BarRow]:
    looks = {style.code: style for style in PLOT_STATES}
    return [
        BarRow(
            style=looks[share.state],
            name=words.label(looks[share.state]),
            area=words.in_hectares(share.area_m2),
            percent=words.percent(share.percent),
            width=share.percent or 0.0,
        )
        for share in balance.actual
    ]
