// @ts-check
/** Clusters and zones: their boundaries near by, a symbol of their area's size from afar. */
import { addNames } from "./names.js";
import { nameOf } from "./page.js";
import { clusterPopup } from "./popup.js";
import { clusterStyle, kindOf } from "./styles.js";

/** Leaflet is loaded as a plain script, before this module. */
const L = /** @type {any} */ (globalThis).L;

/** Zoom below which a boundary is too small to see, and a symbol stands for it. */
const SYMBOL_ZOOM = 12;
/** Zoom from which the fill gives way to the plots. */
const CLOSE_ZOOM = 13;

/** A square as wide as a circle marker: the symbol of a zone. */
const Square = L.CircleMarker.extend({
  _updatePath() {
    const { x, y } = this._point;
    const r = this._radius;
    const path = `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
    this._renderer._setPath(this, this._empty() ? "M0 0" : path);
  },
});

/**
 * Draw clusters and zones; `choose` is told of clicks.
 * @param {any} map
 * @param {any} collection
 * @param {(id: string) => void} choose
 */
export function addClusters(map, collection, choose) {
  /** @type {Map<string, { shape: any, symbol: any }>} */
  const drawn = new Map();
  /** @type {string | null} */
  let chosen = null;
  const symbols = L.layerGroup();
  const layer = L.geoJSON(collection, {
    pane: "clusters",
    filter: (/** @type {any} */ feature) => feature.geometry !== null,
    onEachFeature: (/** @type {any} */ feature, /** @type {any} */ shape) => {
      const symbol = symbolOf(feature.properties, shape);
      for (const one of [shape, symbol]) {
        one.bindTooltip(() => document.createTextNode(nameOf(feature.properties)), {
          sticky: true,
        });
        one.on("click", () => choose(feature.id));
      }
      shape.bindPopup(() => clusterPopup(feature.properties));
      symbol.on("click", () => openFacts(shape));
      symbols.addLayer(symbol);
      drawn.set(feature.id, { shape, symbol });
    },
  }).addTo(map);
  if (drawn.size > 1) addNames(map, [...drawn.values()].map(named));

  /** Draw all as the zoom and the choice ask. */
  function redraw() {
    const isClose = map.getZoom() >= CLOSE_ZOOM;
    const isFar = map.getZoom() < SYMBOL_ZOOM;
    if (isFar) symbols.addTo(map);
    else symbols.remove();
    map.getPane("clusters").hidden = isFar;
    for (const [id, { shape, symbol }] of drawn) {
      const { properties } = shape.feature;
      const style = clusterStyle(properties, { isChosen: id === chosen, isClose });
      shape.setStyle(style);
      symbol.setStyle({ ...style, weight: style.weight * 0.8, dashArray: dashes(properties) });
      symbol.setRadius(radiusOf(properties, map.getZoom()));
    }
  }

  map.on("zoomend", redraw);
  redraw();
  return {
    layer,
    shapeOf: (/** @type {string} */ id) => drawn.get(id)?.shape,
    /** Show one as chosen, and no other. @param {string | null} id */
    mark(id) {
      chosen = id;
      redraw();
      drawn.get(id ?? "")?.shape.bringToFront();
    },
  };
}

/** A symbol is small, and so are its dashes. @param {any} properties */
const dashes = ({ synthetic }) => (synthetic ? "3 2" : "");

/** Open what is known of a cluster above it, where it does not cover its plan. @param {any} shape */
export function openFacts(shape) {
  const bounds = shape.getBounds();
  shape.openPopup([bounds.getNorth(), bounds.getCenter().lng]);
}

/** Half the width of a symbol in pixels: its area is as the land's, on every zoom a little larger. @param {any} properties @param {number} zoom */
function reachOf({ measured_area_ha: area }, zoom) {
  const scale = Math.min(1, Math.max(0.5, 0.5 + (zoom - 7.5) * 0.18));
  return Math.max(4.5, Math.sqrt(area ?? 10) * scale);
}

/** @param {any} properties @param {any} shape */
function symbolOf(properties, shape) {
  const place = shape.getBounds().getCenter();
  const options = { pane: "symbols" };
  return isSquare(properties) ? new Square(place, options) : L.circleMarker(place, options);
}

/** @param {any} properties */
const isSquare = ({ kind }) => kindOf(kind).symbol === "square";

/** The radius that gives a square the area of a circle. @param {any} properties @param {number} zoom */
const radiusOf = (properties, zoom) =>
  reachOf(properties, zoom) * (isSquare(properties) ? Math.sqrt(Math.PI) / 2 : 1);

/** What a name needs to know of its place. @param {{ shape: any }} one */
function named({ shape }) {
  const { properties } = shape.feature;
  const bounds = shape.getBounds();
  return {
    name: nameOf(properties),
    weight: properties.measured_area_ha ?? 0,
    center: bounds.getCenter(),
    /** @param {any} map */
    reach(map) {
      if (map.getZoom() < SYMBOL_ZOOM) {
        const radius = radiusOf(properties, map.getZoom());
        return [radius, radius];
      }
      const size = L.bounds([
        map.latLngToLayerPoint(bounds.getNorthWest()),
        map.latLngToLayerPoint(bounds.getSouthEast()),
      ]).getSize();
      return [size.x / 2, size.y / 2];
    },
  };
}
