// @ts-check
/** The map on a cluster's page: its plan, its plots and the land that serves it. */
import { addClusters } from "./clusters.js";
import { day } from "./format.js";
import { addOutline, drawPlots, planLayer, prepare, redrawPlots } from "./layers.js";
import { addLegend, notify, stamp } from "./legend.js";
import { askOn, config, nameOf, sayFailed, text } from "./page.js";
import { showPlots } from "./plot-table.js";
import { printWhole } from "./print.js";
import { leaveWheelToPage } from "./wheel.js";

const map = /** @type {any} */ (globalThis).map_ccn;
const id = config.cluster ?? "";
const PAGE_SIZE = 1000;

async function load() {
  const frame = /** @type {Element} */ (document.querySelector(".map-frame"));
  try {
    const feature = await askOn(`/clusters/${encodeURIComponent(id)}`);
    const plots = await allPlots();
    const { properties } = feature;
    if (feature.geometry === null) await showProvince(properties);
    else await showLand(feature, plots);
    stamp([day(properties.on)], properties.synthetic);
    const place = document.querySelector("#plots > div");
    if (place) showPlots(place, plots);
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

/** @param {any} feature @param {any[]} plots */
async function showLand(feature, plots) {
  const land = { type: "FeatureCollection", features: [feature] };
  const { layer } = addClusters(map, land, () => undefined);
  const bounds = layer.getBounds();
  map.fitBounds(bounds, { animate: false });
  const plotLayer = drawPlots(map, null);
  const plan = await planLayer(map).show(id);
  // The land that serves the cluster lies outside its boundary.
  map.fitBounds(bounds.extend(plan.getBounds()), { padding: [24, 24], animate: false });
  map.on("zoomend", () => redrawPlots(plotLayer, plots));
  redrawPlots(plotLayer, plots);
  addLegend(map, {
    qualities: new Set([feature.properties.quality]),
    parts: ["plots", "plan", "lines"],
    place: document.getElementById("legend"),
  });
}

/** Ask for page after page of the cluster's plots. */
async function allPlots() {
  const plots = [];
  let after = "";
  do {
    const query = { cluster: id, limit: PAGE_SIZE, ...(after ? { after } : {}) };
    const page = await askOn("/parcels", query);
    plots.push(...page.features);
    const hasMore = page.links.some((/** @type {any} */ link) => link.rel === "next");
    after = hasMore ? page.features[page.features.length - 1].id : "";
  } while (after);
  return plots;
}

printWhole(map);
prepare(map);
leaveWheelToPage(map);
load();
