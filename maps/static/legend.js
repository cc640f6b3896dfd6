// @ts-check
/** The legend: one part per layer, with the printed breaks of the choropleth. */

import { config, element, nameOf, text } from "./page.js";
import { paint, swatch } from "./styles.js";

const L = /** @type {any} */ (globalThis).L;
const { styles } = config;

/** Zoom from which plots and plan are drawn and explained. */
export const PLOT_ZOOM = 14;
const PARTS = ["fill", "plots", "plan", "lines"];

/** @param {string} title @param {[SVGElement, string][]} items */
function part(title, items) {
  const rows = items.map(([sample, label]) =>
    element("li", {}, sample, element("span", {}, label)),
  );
  return [element("h3", {}, title), element("ul", {}, ...rows)];
}

function fillItems() {
  const classes = styles.fill_classes.map(({ low, high, fill }) => {
    const top = Math.min(high, 100);
    return /** @type {[any, string]} */ ([
      swatch({ fill }),
      `${low} – ${high > 100 ? "" : "< "}${top} %`,
    ]);
  });
  return [
    ...classes,
    /** @type {[any, string]} */ ([
      swatch({ fill: paint(styles.no_data) }),
      nameOf(styles.no_data),
    ]),
  ];
}

/** @param {Set<string>} qualities */
function lineItems(qualities) {
  const kinds = styles.kinds.map(
    (kind) => /** @type {[any, string]} */ ([swatch({ ...kind, width: 2.4 }), nameOf(kind)]),
  );
  const shown = styles.qualities.filter(({ code }) => qualities.has(code));
  return [
    ...kinds,
    ...shown.map(
      (quality) =>
        /** @type {[any, string]} */ ([swatch({ ...quality, width: 2 }), nameOf(quality)]),
    ),
  ];
}

/**
 * Put the legend on the map, or into a place below it.
 * @param {any} map
 * @param {{ qualities: Set<string>, parts?: string[], place?: Element | null }} shown
 */
export function addLegend(map, { qualities, parts = PARTS, place = null }) {
  /** @type {Record<string, () => HTMLElement[]>} */
  const contents = {
    fill: () => part(text("legend_fill"), fillItems()),
    plots: () => part(text("legend_plots"), styles.plot_states.map(item)),
    plan: () => part(text("legend_plan"), [...styles.land_uses, styles.serving].map(item)),
    lines: () => part(text("legend_lines"), lineItems(qualities)),
  };
  /** @type {Record<string, HTMLElement>} */
  const sections = Object.fromEntries(
    parts.map((name) => [name, element("section", {}, ...contents[name]())]),
  );
  if (place) {
    place.replaceChildren(...Object.values(sections));
    return;
  }
  const { x: width, y: height } = map.getSize();
  const isNarrow = width < 700 || height < 440;
  const opened = isNarrow ? {} : { open: "" };
  const box = element(
    "details",
    { class: "legend on-paper", ...opened },
    element("summary", {}, text("legend")),
    ...Object.values(sections),
  );
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => box;
  control.addTo(map);
  showWhatIsDrawn(map, sections);
}

/** @param {import("./page.js").Style} style @returns {[SVGElement, string]} */
function item(style) {
  return [swatch({ ...style, fill: paint(style) }), nameOf(style)];
}

/** Explain plots and plan where they are drawn, the fill where it is. @param {any} map @param {Record<string, HTMLElement>} sections */
function showWhatIsDrawn(map, sections) {
  const follow = () => {
    const isClose = map.getZoom() >= PLOT_ZOOM;
    for (const name of ["plots", "plan"]) if (sections[name]) sections[name].hidden = !isClose;
    if (sections.fill) sections.fill.hidden = isClose;
  };
  map.on("zoomend", follow);
  follow();
}

/**
 * Always visible: what is shown, of which date and from where, and whether any of it is synthetic.
 * @param {string[]} facts
 * @param {boolean} isSynthetic
 */
export function stamp(facts, isSynthetic) {
  const place = document.getElementById("stamp");
  const parts = facts.flatMap((fact) => [" · ", element("span", {}, fact)]).slice(1);
  const tag = isSynthetic ? [" · ", element("b", {}, text("synthetic"))] : [];
  place?.replaceChildren(...parts, ...tag);
}

/**
 * Say something over the map, and where to go on; an empty text takes it away.
 * @param {string} said
 * @param {Node[]} more
 */
export function notify(said, ...more) {
  const frame = document.querySelector(".map-frame");
  frame?.querySelector(".map-notice")?.remove();
  if (said) frame?.append(element("p", { class: "map-notice", role: "status" }, said, ...more));
}
