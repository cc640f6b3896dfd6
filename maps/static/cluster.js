// @ts-check
/** The map on a cluster's page: its plan, its plots and the land that serves it. */
import { day } from "./format.js";
import { addClusters, addOutline, addPlan, plotLayer, prepare } from "./layers.js";
import { addLegend, stamp } from "./legend.js";
import { askOn, config, sayFailed } from "./page.js";
import { printWhole } from "./print.js";
import { clusterStyle } from "./styles.js";

const map = /** @type {any} */ (globalThis).map_ccn;
const id = config.cluster ?? "";

async function load() {
  const frame = /** @type {Element} */ (document.querySelector(".map-frame"));
  try {
    const feature = await askOn(`/clusters/${encodeURIComponent(id)}`);
    if (feature.geometry === null)
      await addOutline(map).then((outline) => map.fitBounds(outline.getBounds()));
    else await showLand(feature);
    const { properties } = feature;
    addLegend(map, { qualities: new Set([properties.quality]), parts: ["plots", "plan", "lines"] });
    stamp(day(properties.on), properties.synthetic);
  } catch (error) {
    sayFailed(frame, error, load);
  }
}

/** @param {any} feature */
async function showLand(feature) {
  const shown = addClusters(
    map,
    { type: "FeatureCollection", features: [feature] },
    () => undefined,
  );
  const style = { ...clusterStyle(feature.properties), fillOpacity: 0.03, interactive: false };
  shown.layer.setStyle(style);
  const plots = plotLayer(map);
  map.on("moveend", plots.refresh);
  await addPlan(map, id);
  map.fitBounds(shown.layer.getBounds(), { padding: [18, 18] });
  await plots.refresh();
}

printWhole(map);
prepare(map);
load();
