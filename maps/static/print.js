// @ts-check
/** Paper: the map takes the sheet's width and shows the whole of what the screen shows. */

/** @param {any} map */
export function printWhole(map) {
  /** @type {any} */
  let shown = null;

  /** Leaflet measures the screen, so it is given the sheet's size before the print begins. @param {boolean} isPrinting */
  function fit(isPrinting) {
    document.body.classList.toggle("printing", isPrinting);
    map.invalidateSize({ animate: false, pan: false });
    if (shown) map.fitBounds(shown, { animate: false });
  }

  addEventListener("beforeprint", () => {
    shown = map.getBounds();
    for (const hidden of document.querySelectorAll("details")) hidden.open = true;
    fit(true);
  });
  addEventListener("afterprint", () => fit(false));
  const button = document.querySelector('[data-action="print"]');
  button?.addEventListener("click", () => globalThis.print());
}
