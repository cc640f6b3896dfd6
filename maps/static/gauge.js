// @ts-check
/** The gauge: how much of its natural land a territory's zones and clusters hold, and the target. */
import { day, hectares, number, percent } from "./format.js";
import { askOn, config, drawing, element, nameOf, sayFailed, text } from "./page.js";

const STAGES = ["planned", "established", "cleared", "leased"];
const BASES = ["published", "approved", "measured"];
const PART_COLOURS = { kcn: "#7a3b8f", ccn: "#0b5c4a" };

/**
 * Fill the gauge and keep it in step with its two choices.
 * @param {HTMLElement} place
 */
export function showGauge(place) {
  const heading = place.querySelector("h1, h2");
  const asked = { stage: "established", basis: "published" };

  async function refresh() {
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await askOn("/province/share", asked);
      const focused = document.activeElement?.getAttribute("name");
      place.replaceChildren(
        ...[heading, choices(), ...answerParts(answer)].filter((part) => part !== null),
      );
      if (focused) place.querySelector(`select[name="${focused}"]`)?.focus?.();
    } catch (error) {
      sayFailed(place, error, refresh);
    }
    place.removeAttribute("aria-busy");
  }

  function choices() {
    return element("p", { class: "gauge-choice" }, choice("stage", STAGES), choice("basis", BASES));
  }

  /** @param {"stage" | "basis"} name @param {string[]} codes */
  function choice(name, codes) {
    const select = /** @type {HTMLSelectElement} */ (element("select", { name }));
    for (const code of codes)
      select.append(element("option", { value: code }, text(`${name}_${code}`)));
    select.value = asked[name];
    select.addEventListener("change", () => {
      asked[name] = select.value;
      refresh();
    });
    const printed = element("span", { class: "printed" }, text(`${name}_${asked[name]}`));
    return element("label", {}, `${text(name)}: `, select, printed);
  }

  return refresh();
}

/** @param {any} answer */
function answerParts(answer) {
  return [
    element(
      "p",
      { class: "waiting gauge-place" },
      nameOf(answer.territory),
      " · ",
      text("as_of", { date: day(answer.on) }),
    ),
    headline(answer),
    answer.target ? bar(answer) : null,
    factList(answer),
    notes(answer),
    ...further(answer),
    sources(answer),
  ].filter((part) => part !== null);
}

/** @param {any} answer */
function headline(answer) {
  if (answer.percent !== null)
    return element("p", { class: "gauge-value" }, percent(answer.percent));
  const { lower_percent: low, upper_percent: high } = answer;
  if (answer.complete && low !== null && high !== null)
    return element(
      "p",
      { class: "gauge-value unknown" },
      text("bounds", { low: percent(low), high: percent(high) }),
    );
  const known = text("incomplete_of", { known: answer.known, needed: answer.needed });
  return element(
    "p",
    { class: "gauge-value unknown" },
    text("incomplete"),
    element("br"),
    element("small", {}, known),
  );
}

/** The share as a bar from 0 to a little beyond the target. @param {any} answer */
function bar(answer) {
  const target = answer.target.percent;
  const reach = Math.max(target * 1.25, (answer.percent ?? answer.upper_percent ?? 0) * 1.1);
  const natural = answer.natural_area_ha;
  const at = (/** @type {number} */ share) => (share / reach) * 300;
  const svg = drawing("svg", {
    class: "gauge-bar",
    viewBox: "0 0 300 24",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  svg.append(drawing("rect", { x: 0, y: 4, width: 300, height: 15, fill: "#e9eef0" }));
  let left = 0;
  for (const part of answer.components) {
    const share = natural ? ((part.area_ha ?? part.lower_ha) / natural) * 100 : 0;
    svg.append(
      drawing("rect", {
        x: at(left),
        y: 4,
        width: at(share),
        height: 15,
        fill: PART_COLOURS[part.kind],
      }),
    );
    left += share;
  }
  svg.append(
    drawing("line", {
      x1: at(target),
      x2: at(target),
      y1: 0,
      y2: 23,
      stroke: "#b3261e",
      "stroke-width": 2.5,
    }),
  );
  svg.append(drawing("text", { x: 0, y: 33, "font-size": 11, fill: "#55636b" }, "0"));
  return svg;
}

/** @param {any} answer */
function factList(answer) {
  const list = element("dl", { class: "gauge-facts" });
  const add = (/** @type {string | Node} */ name, /** @type {string | Node} */ value) =>
    list.append(element("dt", {}, name), element("dd", {}, value));
  for (const part of answer.components) {
    const count =
      part.count === null
        ? text(`kind_${part.kind}`)
        : text(`count_${part.kind}`, { n: part.count });
    const dot = drawing(
      "svg",
      { width: 12, height: 12, "aria-hidden": "true" },
      drawing("rect", { width: 10, height: 10, y: 2, rx: 2, fill: PART_COLOURS[part.kind] }),
    );
    const area =
      part.area_ha === null
        ? text("bounds", { low: number(part.lower_ha, 2), high: hectares(part.upper_ha) })
        : hectares(part.area_ha);
    add(element("span", {}, dot, " ", count), area);
  }
  if (answer.numerator_ha !== null) add(text("numerator"), hectares(answer.numerator_ha));
  add(text("natural_area"), hectares(answer.natural_area_ha));
  if (answer.target) {
    const due = text("target_due", { due: day(answer.target.due) });
    const passed = answer.target.passed
      ? element("span", { class: "tag" }, text("target_passed"))
      : "";
    add(
      text("target"),
      element("span", {}, `${percent(answer.target.percent, 0)} ${due} `, passed),
    );
  }
  if (answer.gap_ha !== null)
    add(
      text(answer.gap_ha >= 0 ? "gap" : "gap_met"),
      element("b", {}, hectares(Math.abs(answer.gap_ha))),
    );
  return list;
}

/** @param {any} answer */
function notes(answer) {
  const said = config.language === "en" ? answer.note_en : answer.note_vi;
  const tag = answer.synthetic ? element("span", { class: "tag" }, text("synthetic")) : null;
  return said || tag ? element("p", { class: "gauge-notes" }, tag, tag ? " " : null, said) : null;
}

/** @param {any} answer */
function further(answer) {
  return answer.further.map((/** @type {any} */ land) => {
    const label = config.language === "en" ? land.label_en : land.label_vi;
    const sum =
      land.cumulative_ha === null
        ? ""
        : ` → ${hectares(land.cumulative_ha)} = ${percent(land.cumulative_percent)}`;
    return element(
      "p",
      { class: "gauge-notes" },
      element("b", {}, `${text("further")}: `),
      `${label} ${hectares(land.area_ha)}${sum}`,
    );
  });
}

/** @param {any} answer */
function sources(answer) {
  const list = element("ul");
  const add = (
    /** @type {string} */ what,
    /** @type {any} */ source,
    /** @type {string | null} */ on,
  ) => {
    if (!source) return;
    const where = source.reference ? ` (${source.reference})` : "";
    list.append(
      element(
        "li",
        {},
        `${what}: ${source.title}${where}${on ? `, ${text("as_of", { date: day(on) })}` : ""}`,
      ),
    );
  };
  for (const part of answer.components) add(text(`kind_${part.kind}`), part.source, part.as_of);
  if (answer.natural_area)
    add(text("natural_area"), answer.natural_area.source, answer.natural_area.on);
  if (answer.target) add(text("target"), answer.target.source, null);
  return element("details", {}, element("summary", {}, text("sources")), list);
}
