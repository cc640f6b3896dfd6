// @ts-check
/** A share of natural land in words and as a bar, with all that it must not be shown without. */
import { day, hectares, number, percent } from "./format.js";
import { config, element, nameOf, text } from "./page.js";
import { kindOf, swatch } from "./styles.js";

/** @param {any} answer @returns {HTMLElement[]} */
export function gaugeAnswer(answer) {
  const parts = [
    place(answer),
    headline(answer),
    answer.target && answer.natural_area_ha ? bar(answer) : null,
    gap(answer),
    partsTable(answer),
    ...answer.further.map(further),
    notes(answer),
    sources(answer),
  ];
  return parts.filter((part) => part !== null);
}

/** @param {any} answer */
function place(answer) {
  const when = text("as_of", { date: day(answer.on) });
  return element("p", { class: "gauge-place" }, `${nameOf(answer.territory)} · ${when}`);
}

/** @param {any} answer */
function headline(answer) {
  const { percent: share, lower_percent: low, upper_percent: high } = answer;
  if (share !== null) return element("p", { class: "gauge-value" }, percent(share));
  if (answer.complete && low !== null && high !== null) {
    const bounds = text("bounds", { low: percent(low), high: percent(high) });
    return element("p", { class: "gauge-value gauge-words" }, bounds);
  }
  const known = text("incomplete_of", { known: answer.known, needed: answer.needed });
  return element(
    "p",
    { class: "gauge-value gauge-words" },
    text("incomplete"),
    element("small", {}, known),
  );
}

/** The share as a bar from 0 to a little beyond the target, which is marked. @param {any} answer */
function bar(answer) {
  const target = answer.target.percent;
  const most = answer.percent ?? answer.upper_percent ?? answer.lower_percent ?? 0;
  const reach = Math.max(target * 1.3, most * 1.1);
  const track = element("div", { class: "gauge-track" });
  for (const part of answer.components) {
    const share = ((part.area_ha ?? part.lower_ha) / answer.natural_area_ha) * 100;
    const piece = element("span");
    piece.style.width = `${(share / reach) * 100}%`;
    piece.style.background = kindOf(part.kind).line;
    track.append(piece);
  }
  const mark = element("span", { class: "gauge-mark" }, percent(target, 0));
  mark.style.left = `${(target / reach) * 100}%`;
  return element("div", { class: "gauge-bar", "aria-hidden": "true" }, track, mark);
}

/** What lacks to the target, its date, and whether that is past. @param {any} answer */
function gap(answer) {
  const { target } = answer;
  if (!target) return null;
  const facts = {
    percent: percent(target.percent, 0),
    needed: hectares(target.needed_ha),
    due: day(target.due),
  };
  const said = element("p", { class: "gauge-gap" });
  if (answer.gap_ha !== null) {
    const lacks = answer.gap_ha > 0;
    said.append(
      `${text(lacks ? "gap" : "gap_met")} `,
      element("b", {}, hectares(Math.abs(answer.gap_ha))),
      ". ",
    );
  }
  said.append(text("target_said", facts));
  if (target.passed) said.append(" ", element("span", { class: "tag" }, text("target_passed")));
  return said;
}

/** @param {any} answer */
function partsTable(answer) {
  const rows = answer.components.map((/** @type {any} */ part) => {
    const look = kindOf(part.kind);
    const sample = swatch({ fill: look.line, line: look.line, symbol: look.symbol });
    const when = part.as_of ? text("as_of", { date: day(part.as_of) }) : "";
    return row([sample, " ", countOf(part)], areaOf(part), when);
  });
  if (answer.components.length > 1) rows.push(row([text("numerator")], numeratorOf(answer), ""));
  const natural = answer.natural_area ? text("as_of", { date: day(answer.natural_area.on) }) : "";
  rows.push(row([text("natural_area")], hectares(answer.natural_area_ha), natural));
  return element("table", { class: "gauge-parts" }, element("tbody", {}, ...rows));
}

/** @param {(Node | string)[]} name @param {string} area @param {string} when */
function row(name, area, when) {
  const dated = when ? [" ", element("small", {}, when)] : [];
  const head = element("th", { scope: "row" }, ...name, ...dated);
  return element("tr", {}, head, element("td", { class: "num" }, area));
}

/** @param {any} part */
function countOf(part) {
  if (part.count === null) return text(`kind_${part.kind}`);
  return text(`count_${part.kind}`, { n: part.count });
}

/** @param {any} part */
const areaOf = (part) => within(part.area_ha, part.lower_ha, part.upper_ha);

/** @param {any} answer */
const numeratorOf = (answer) => within(answer.numerator_ha, answer.lower_ha, answer.upper_ha);

/** An area, or the bounds that are sure. @param {number | null} area @param {number | null} low @param {number | null} high */
function within(area, low, high) {
  if (area !== null || low === null) return hectares(area);
  if (high === null) return text("at_least", { low: hectares(low) });
  return text("bounds", { low: number(low, 2), high: hectares(high) });
}

/** Land proposed on top, and the share with it. @param {any} land */
function further(land) {
  const label = config.language === "en" ? land.label_en : land.label_vi;
  const said = element(
    "p",
    { class: "gauge-further" },
    `${text("further")}: ${label}, `,
    hectares(land.area_ha),
  );
  if (land.cumulative_ha !== null)
    said.append(
      ` → ${hectares(land.cumulative_ha)} = `,
      element("b", {}, percent(land.cumulative_percent)),
    );
  return said;
}

/** @param {any} answer */
function notes(answer) {
  const said = config.language === "en" ? answer.note_en : answer.note_vi;
  if (!said && !answer.synthetic) return null;
  const note = element("p", { class: "gauge-notes" });
  if (answer.synthetic) note.append(element("span", { class: "tag" }, text("synthetic")), " ");
  note.append(said);
  return note;
}

/** @param {any} answer */
function sources(answer) {
  const cited = [
    ...answer.components.map((/** @type {any} */ part) => [
      text(`kind_${part.kind}`),
      part.source,
      part.verbatim,
    ]),
    [text("natural_area"), answer.natural_area?.source, null],
    [text("target"), answer.target?.source, answer.target?.verbatim],
  ];
  const items = cited.filter(([, source]) => source).map(citation);
  if (!items.length) return null;
  const summary = element("summary", {}, text("sources"));
  return element("details", { class: "on-paper" }, summary, element("ul", {}, ...items));
}

/** @param {any[]} cited */
function citation([what, source, verbatim]) {
  const where = source.reference ? ` (${source.reference})` : "";
  const item = element("li", {}, `${what}: ${source.title}${where}`);
  if (verbatim) item.append(element("q", { class: "verbatim" }, verbatim));
  return item;
}
