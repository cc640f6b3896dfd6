// @ts-check
/** The map inside another portal: no cookie, no storage, and the wheel scrolls the host page. */
import { addClusters } from "./clusters.js";
import { day } from "./format.js";
import { addOutline, planLayer, plotLayer, prepare } from "./layers.js";
import { addLegend, stamp } from "./legend.js";
import { askOn, config, nameOf, sayFailed, text } from "./page.js";
import { leaveWheelToPage } from "./wheel.js";

const map = /** @type {any} */ (globalThis).map_ccn;
const wanted = new Set(config.layers);

async function load() {
  const frame = /** @type {Element} */ (document.querySelector(".map-frame"));
  try {
    const [outline, collection] = await Promise.all([addOutline(map), askOn("/clusters")]);
    if (outline.getBounds().isValid()) map.fitBounds(outline.getBounds(), { animate: false });
    const territory = outline.getLayers()[0]?.feature.properties;
    const facts = [territory ? nameOf(territory) : "", day(collection.on), text("stamp_source")];
    stamp(facts.filter(Boolean), collection.synthetic_note !== null);
    show(collection);
  } catch (error) {
    sayFailed(frame, error, load);
  }
}

/** @param {any} collection */
function show(collection) {
  const layerOf = /** @type {Record<string, string>} */ ({ ccn: "clusters", kcn: "zones" });
  const features = collection.features.filter((/** @type {any} */ { properties }) =>
    wanted.has(layerOf[properties.kind]),
  );
  const plan = planLayer(map);
  const clusters = addClusters(map, { ...collection, features }, choose);
  if (wanted.has("legend"))
    addLegend(map, { parts: legendParts(), qualities: qualities(features) });
  if (config.cluster) {
    const shape = clusters.shapeOf(config.cluster);
    const room = { padding: [24, 24], maxZoom: 15.5, animate: false };
    if (shape) map.fitBounds(shape.getBounds(), room);
    choose(config.cluster);
  }
  if (wanted.has("plots")) {
    const plots = plotLayer(map);
    map.on("moveend", plots.refresh);
    plots.refresh();
  }

  /** @param {string} id */
  function choose(id) {
    clusters.mark(id);
    if (wanted.has("plan")) plan.show(id).catch(() => null);
  }
}

/** @param {any[]} features */
const qualities = (features) => new Set(features.map(({ properties }) => properties.quality));

function legendParts() {
  return ["fill", ...["plots", "plan"].filter((part) => wanted.has(part)), "lines"];
}

prepare(map);
leaveWheelToPage(map);
load();
