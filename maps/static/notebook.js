// @ts-check
/** The map of a notebook: the land lies in the page, and nothing is asked of anybody. */
import { addClusters } from "./clusters.js";
import { drawOutline, drawPlan, drawPlots, prepare } from "./layers.js";
import { addLegend } from "./legend.js";
import { config } from "./page.js";

const map = /** @type {any} */ (globalThis).map_ccn;
const { land } = /** @type {any} */ (config);

prepare(map);
if (land.outline) drawOutline(map, land.outline);
if (land.plan) drawPlan(map, land.plan);
const { layer } = addClusters(map, land.clusters, () => undefined);
if (land.parcels) drawPlots(map, land.parcels);
addLegend(map, {
  qualities: new Set(land.clusters.features.map((/** @type {any} */ f) => f.properties.quality)),
  parts: ["fill", ...(land.parcels ? ["plots"] : []), ...(land.plan ? ["plan"] : []), "lines"],
});
const bounds = layer.getBounds();
if (bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24], animate: false });
