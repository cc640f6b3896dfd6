// @ts-check
/** The map on a cluster's page: its plan, its plots and the land that serves it. */
import { addClusters } from "./clusters.js";
import { day } from "./format.js";
import { addOutline, planLayer, plotLayer, prepare } from "./layers.js";
import { addLegend, notify, stamp } from "./legend.js";
import { askOn, config, nameOf, sayFailed, text } from "./page.js";
import { printWhole } from "./print.js";

const map = /** @type {any} */ (globalThis).map_ccn;
const id = config.cluster ?? "";

async function load() {
  const frame = /** @type {Element} */ (document.querySelector(".map-frame"));
  try {
    const feature = await askOn(`/clusters/${encodeURIComponent(id)}`);
    const { properties } = feature;
    if (feature.geometry === null) await showProvince(properties);
    else await showLand(feature);
    stamp([day(properties.on)], properties.synthetic);
  } catch (error) {
    sayFailed(frame, error, load);
  }
}

/** Where there is no boundary, say so over the province. @param {any} properties */
async function showProvince(properties) {
  const outline = await addOutline(map);
  if (outline.getBounds().isValid()) map.fitBounds(outline.getBounds(), { animate: false });
  notify(text("unmapped", { name: nameOf(properties) }));
}

/** @param {any} feature */
async function showLand(feature) {
  const land = { type: "FeatureCollection", features: [feature] };
  const { layer } = addClusters(map, land, () => undefined);
  map.fitBounds(layer.getBounds(), { padding: [24, 24], animate: false });
  const plots = plotLayer(map);
  map.on("moveend", plots.refresh);
  await Promise.all([planLayer(map).show(id), plots.refresh()]);
  const parts = ["plots", "plan", "lines"];
  addLegend(map, { qualities: new Set([feature.properties.quality]), parts });
}

printWhole(map);
prepare(map);
load();
