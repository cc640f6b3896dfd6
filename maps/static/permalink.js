// @ts-check
/** The state of the map in the page's address, so that a link shows what its sender saw. */

/** @param {any} map */
export function permalink(map) {
  const given = new URLSearchParams(location.hash.slice(1));
  const place = (given.get("map") ?? "").split("/").map(Number);
  const hasPlace = place.length === 3 && place.every(Number.isFinite);
  let chosen = given.get("cluster");

  function write() {
    const { lat, lng } = map.getCenter();
    const parts = [`map=${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`];
    if (chosen) parts.push(`cluster=${encodeURIComponent(chosen)}`);
    history.replaceState(null, "", `#${parts.join("&")}`);
    keepInLanguageLink();
  }

  /** Let the switch of language keep place and selection. */
  function keepInLanguageLink() {
    const link = document.querySelector('a[data-action="language"]');
    if (link instanceof HTMLAnchorElement) link.hash = location.hash;
  }

  return {
    hasPlace,
    get chosen() {
      return chosen;
    },
    /** @param {string} id */
    choose(id) {
      chosen = id;
      write();
    },
    /** Go to the place of the address, if it names one; then keep the address in step. */
    restore() {
      if (hasPlace) map.setView([place[1], place[2]], place[0]);
      map.on("moveend", write);
      return hasPlace;
    },
  };
}
