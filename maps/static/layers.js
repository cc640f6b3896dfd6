// @ts-check
/** The layers around the clusters, each fetched by its address and drawn in the shared styles. */
import { number } from "./format.js";
import { notify, PLOT_ZOOM } from "./legend.js";
import { ask, askOn, config, element, text } from "./page.js";
import { planPopup, plotPopup } from "./popup.js";
import { addPatterns, landUse, pathOf, plotState } from "./styles.js";

/** A letter of a plot's label needs about so many square pixels of the plot. */
const PIXELS_PER_LETTER = 260;
const MOST_PLOTS = 2000;

/** Panes from the ground up. */
const PANES = {
  outline: 350,
  plan: 410,
  clusters: 420,
  plots: 430,
  symbols: 440,
  names: 445,
};

/** Leaflet is loaded as a plain script, before this module. */
const L = /** @type {any} */ (globalThis).L;

/** @param {any} map */
export function prepare(map) {
  addPatterns();
  map.attributionControl.setPrefix(false);
  map.setMinZoom(7);
  map.setMaxZoom(19);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  addPosition(map);
  for (const [name, order] of Object.entries(PANES)) {
    map.createPane(name).style.zIndex = String(order);
  }
}

/** Say where the pointer is, in WGS84 degrees. @param {any} map */
function addPosition(map) {
  const place = element("div", { class: "position", "aria-hidden": "true" });
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => place;
  control.addTo(map);
  map.on("mousemove", (/** @type {any} */ { latlng }) => {
    place.textContent = `${number(latlng.lat, 5)}° N  ${number(latlng.lng, 5)}° E`;
  });
  map.on("mouseout", () => {
    place.textContent = "";
  });
}

/** @param {any} map @param {any} outline */
export function drawOutline(map, outline) {
  const { fill, line } = config.styles.outline;
  const look = { color: line, weight: 1.5, fillColor: fill, fillOpacity: 1, interactive: false };
  return L.geoJSON(outline, { pane: "outline", style: look }).addTo(map);
}

/** @param {any} map */
export async function addOutline(map) {
  return drawOutline(map, await ask("/province/outline"));
}

/** @param {any} map @param {any} plan */
export function drawPlan(map, plan) {
  const { serving } = config.styles;
  return L.geoJSON(plan, {
    pane: "plan",
    style: (/** @type {any} */ { properties }) =>
      pathOf(properties.layer === "serving" ? serving : landUse(properties.land_use), 0.6),
    onEachFeature: (/** @type {any} */ feature, /** @type {any} */ shape) =>
      shape.bindPopup(() => planPopup(feature.properties)),
  }).addTo(map);
}

/**
 * Draw plots; each tells its label to the pointer, or carries it where there is room.
 * @param {any} map
 * @param {any} plots
 */
export function drawPlots(map, plots) {
  const renderer = L.svg({ pane: "plots", padding: 0.3 });
  return L.geoJSON(plots, {
    pane: "plots",
    renderer,
    style: (/** @type {any} */ { properties }) => pathOf(plotState(properties.state)),
    onEachFeature: (/** @type {any} */ { properties }, /** @type {any} */ shape) => {
      shape.bindPopup(() => plotPopup(properties));
      if (!properties.plot_label) return;
      const carried = { permanent: true, direction: "center", className: "plot-label" };
      shape.bindTooltip(
        () => document.createTextNode(properties.plot_label),
        hasRoom(map, properties) ? carried : { sticky: true },
      );
    },
  }).addTo(map);
}

/** Draw plots anew, as the zoom asks; of labels that meet the first stays. @param {any} layer @param {any} plots */
export function redrawPlots(layer, plots) {
  layer.clearLayers();
  layer.addData(plots);
  /** @type {DOMRect[]} */
  const taken = [];
  layer.eachLayer((/** @type {any} */ shape) => {
    const label = shape.getTooltip()?.options.permanent && shape.getTooltip().getElement();
    if (!label) return;
    const box = label.getBoundingClientRect();
    const isCovered = taken.some(
      (other) =>
        box.left < other.right &&
        other.left < box.right &&
        box.top < other.bottom &&
        other.top < box.bottom,
    );
    label.hidden = isCovered;
    if (!isCovered) taken.push(box);
  });
}

/** Say whether a plot is large enough on the screen to carry its label. @param {any} map @param {any} plot */
function hasRoom(map, { plot_label, area_m2 }) {
  const metresPerPixel =
    (40_075_016 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);
  return (area_m2 ?? 0) / metresPerPixel ** 2 > plot_label.length * PIXELS_PER_LETTER;
}

/** A layer that holds one cluster's plan at a time: the one asked for last. @param {any} map */
export function planLayer(map) {
  /** @type {any} */
  let shown = null;
  let turn = 0;

  /** @param {string} clusterId */
  async function show(clusterId) {
    turn += 1;
    const mine = turn;
    const plan = await askOn(`/clusters/${encodeURIComponent(clusterId)}/plan`);
    if (mine !== turn) return;
    shown?.remove();
    shown = drawPlan(map, plan);
    return shown;
  }
  return { show };
}

/** A layer of the plots in view, drawn anew when the view moves. @param {any} map */
export function plotLayer(map) {
  const layer = drawPlots(map, null);
  let turn = 0;

  async function refresh() {
    turn += 1;
    const mine = turn;
    if (map.getZoom() < PLOT_ZOOM) {
      layer.clearLayers();
      return;
    }
    const box = map.getBounds().pad(0.1).toBBoxString();
    const found = await askOn("/parcels", { bbox: box, limit: MOST_PLOTS });
    if (mine !== turn) return;
    redrawPlots(layer, found);
    const hasMore = found.links.some((/** @type {any} */ link) => link.rel === "next");
    notify(hasMore ? text("too_many_plots", { n: number(MOST_PLOTS, 0) }) : "");
  }
  return { layer, refresh };
}
