// @ts-check
/** The shared style table as paints, Leaflet path options and legend swatches. */
import { config, drawing } from "./page.js";

/** @typedef {import("./page.js").Style} Style */

const { styles } = config;
const DASH = "7 5";
const CHOSEN = "#e69f00";

/** @param {Style} style */
const patternId = (style) => `pattern-${style.code}`;

/** What a style is filled with: its colour, or its colour under a hatch. @param {Style} style */
export const paint = (style) => (style.pattern ? `url(#${patternId(style)})` : style.fill);

/** The paint of a legal fill rate in %; undetermined has its own. @param {number | null | undefined} percent */
export function fillOf(percent) {
  if (percent === null || percent === undefined) return paint(styles.no_data);
  const last = styles.fill_classes[styles.fill_classes.length - 1];
  return (styles.fill_classes.find((one) => percent >= one.low && percent < one.high) ?? last).fill;
}

/** @param {string} code */
export const kindOf = (code) => styles.kinds.find((one) => one.code === code) ?? styles.kinds[0];

/**
 * How a cluster or zone is drawn: fill by legal fill rate, outline by kind, dashed if synthetic.
 * Once its plots are in view the fill gives way to them.
 * @param {any} properties
 * @param {{ isChosen?: boolean, isClose?: boolean }} [seen]
 */
export function clusterStyle(properties, { isChosen = false, isClose = false } = {}) {
  return {
    color: isChosen ? CHOSEN : kindOf(properties.kind).line,
    weight: isChosen ? 4 : 2,
    dashArray: properties.synthetic ? DASH : "",
    fillColor: fillOf(properties.legal_fill_percent),
    fillOpacity: isClose ? 0.04 : 0.85,
  };
}

/** @param {Style | undefined} style @param {number} weight */
export function pathOf(style, weight = 1) {
  const known = style ?? styles.no_data;
  return {
    color: known.line,
    weight,
    dashArray: known.dashed ? DASH : "",
    fillColor: paint(known),
    fillOpacity: 0.9,
  };
}

/** @param {string} code */
export const landUse = (code) => styles.land_uses.find((one) => one.code === code);
/** @param {string} code */
export const plotState = (code) => styles.plot_states.find((one) => one.code === code);

/** Put the hatches of the style table into the page, once: every drawing of the page uses them. */
export function addPatterns() {
  const hatched = [...styles.plot_states, ...styles.land_uses, styles.no_data].filter(
    (style) => style.pattern,
  );
  const size = { width: 7, height: 7 };
  const patterns = hatched.map((style) =>
    drawing(
      "pattern",
      {
        id: patternId(style),
        patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(45)",
        ...size,
      },
      drawing("rect", { ...size, fill: style.fill }),
      drawing("rect", { width: 2, height: 7, fill: style.line }),
    ),
  );
  const holder = { class: "patterns", width: 0, height: 0, "aria-hidden": "true" };
  document.body.append(drawing("svg", holder, drawing("defs", {}, ...patterns)));
}

/**
 * A small sample of a style: a box, or a ring for what a circle stands for.
 * @param {{ fill: string, line?: string, dashed?: boolean, width?: number, symbol?: string | null }} look
 */
export function swatch({ fill, line = "#8a8f94", dashed = false, width = 1.4, symbol = null }) {
  const side = symbol ? 12 : 18;
  const shape = { x: (20 - side) / 2, y: 1, width: side, height: 12 };
  const rounding = symbol === "circle" ? 6 : symbol ? 0 : 2;
  const strokes = { fill, stroke: line, "stroke-width": width };
  const dashes = dashed ? { "stroke-dasharray": "4 3" } : {};
  const box = drawing("rect", { ...shape, rx: rounding, ...strokes, ...dashes });
  return drawing("svg", { width: 20, height: 14, "aria-hidden": "true" }, box);
}
