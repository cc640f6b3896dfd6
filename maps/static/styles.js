// @ts-check
/** Colours of the shared style table as Leaflet path options and legend swatches. */
import { config, drawing } from "./page.js";

const { styles } = config;
export const HATCH = "hatch";
const DASH = "7 5";

/** @param {number | null | undefined} percent */
export function fillOf(percent) {
  if (percent === null || percent === undefined) return `url(#${HATCH})`;
  const last = styles.fill_classes[styles.fill_classes.length - 1];
  return (styles.fill_classes.find((one) => percent >= one.low && percent < one.high) ?? last).fill;
}

/**
 * How a cluster or zone is drawn: fill by legal fill rate, outline by kind, dashed if synthetic.
 * @param {any} properties
 * @param {boolean} chosen
 */
export function clusterStyle(properties, chosen = false) {
  const kind = styles.kinds.find((one) => one.code === properties.kind) ?? styles.kinds[0];
  return {
    color: chosen ? "#e69f00" : kind.line,
    weight: chosen ? 4 : 2,
    dashArray: properties.synthetic ? DASH : "",
    fillColor: fillOf(properties.legal_fill_percent),
    fillOpacity: 0.82,
  };
}

/** @param {import("./page.js").Style | undefined} style @param {number} weight */
export function pathOf(style, weight = 1) {
  const known = style ?? styles.no_data;
  return {
    color: known.line,
    weight,
    dashArray: known.dashed ? DASH : "",
    fillColor: known.fill,
    fillOpacity: 0.85,
  };
}

/** @param {string} code */
export const landUse = (code) => styles.land_uses.find((one) => one.code === code);
/** @param {string} code */
export const plotState = (code) => styles.plot_states.find((one) => one.code === code);

/** The hatch of "undetermined", to be put into each SVG that uses it. */
export function hatchPattern() {
  const { fill, line } = styles.no_data;
  return drawing(
    "defs",
    {},
    drawing(
      "pattern",
      {
        id: HATCH,
        width: 7,
        height: 7,
        patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(45)",
      },
      drawing("rect", { width: 7, height: 7, fill }),
      drawing("rect", { width: 2, height: 7, fill: line }),
    ),
  );
}

/**
 * A small sample of a style.
 * @param {{ fill: string, line?: string, dashed?: boolean, width?: number }} look
 */
export function swatch({ fill, line = "#8a8f94", dashed = false, width = 1.4 }) {
  const attributes = {
    x: 1,
    y: 1,
    width: 18,
    height: 12,
    rx: 2,
    fill,
    stroke: line,
    "stroke-width": width,
  };
  const box = drawing("rect", dashed ? { ...attributes, "stroke-dasharray": "4 3" } : attributes);
  const isHatched = fill.startsWith("url(");
  return drawing(
    "svg",
    { width: 20, height: 14, "aria-hidden": "true" },
    ...(isHatched ? [hatchPattern()] : []),
    box,
  );
}
