// @ts-check
/** The map of a notebook: the land lies in the page, and nothing is asked of anybody. */
import { addClusters, prepare } from "./layers.js";
import { addLegend } from "./legend.js";
import { config } from "./page.js";
import { planPopup, plotPopup } from "./popup.js";
import { landUse, pathOf, plotState } from "./styles.js";

const L = /** @type {any} */ (globalThis).L;
const map = /** @type {any} */ (globalThis).map_ccn;
const { land, styles } = /** @type {any} */ (config);

/** @param {any} properties */
const planLook = (properties) =>
  pathOf(properties.layer === "serving" ? styles.serving : landUse(properties.land_use), 0.6);

/**
 * @param {any} collection
 * @param {string} pane
 * @param {(properties: any) => any} look
 * @param {(properties: any) => HTMLElement} popup
 */
function draw(collection, pane, look, popup) {
  return L.geoJSON(collection, {
    pane,
    style: (/** @type {any} */ feature) => look(feature.properties),
    onEachFeature: (/** @type {any} */ feature, /** @type {any} */ shape) =>
      shape.bindPopup(() => popup(feature.properties)),
  }).addTo(map);
}

prepare(map);
if (land.outline) {
  const { fill, line } = styles.outline;
  L.geoJSON(land.outline, {
    pane: "outline",
    interactive: false,
    style: { color: line, weight: 1.5, fillColor: fill, fillOpacity: 1 },
  }).addTo(map);
}
if (land.plan) draw(land.plan, "plan", planLook, planPopup);
const { layer } = addClusters(map, land.clusters, () => undefined);
if (land.parcels) draw(land.parcels, "plots", (p) => pathOf(plotState(p.state)), plotPopup);
const qualities = new Set(
  land.clusters.features.map((/** @type {any} */ f) => f.properties.quality),
);
addLegend(map, {
  qualities,
  parts: ["fill", ...(land.parcels ? ["plots"] : []), ...(land.plan ? ["plan"] : []), "lines"],
});
const bounds = layer.getBounds();
if (bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24] });
