// @ts-check
/** The page "Thiết lập": each form becomes one JSON request, and says what came of it. */

const config = JSON.parse(document.getElementById("config")?.textContent ?? "{}");

for (const form of document.querySelectorAll("form[data-kind]"))
  if (form instanceof HTMLFormElement) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act(form, () => save(form));
    });
    for (const button of form.querySelectorAll("button[data-action]"))
      button.addEventListener("click", () => act(form, () => press(form, button)));
  }

for (const box of document.querySelectorAll('input[name="clusters"]'))
  box.addEventListener("change", () => {
    const some = box.closest("form")?.querySelector('input[name="scope"][value="some"]');
    if (some instanceof HTMLInputElement) some.checked = true;
  });

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("told"));
dialog?.querySelector('[data-action="close"]')?.addEventListener("click", () => dialog.close());
dialog?.addEventListener("close", () => location.reload());

/**
 * Run one request of a form, with its button off meanwhile and what went wrong said beside it.
 * @param {HTMLFormElement} form
 * @param {() => Promise<void>} request
 */
async function act(form, request) {
  const output = form.querySelector("output");
  const buttons = form.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  if (output) output.textContent = "";
  try {
    await request();
  } catch (error) {
    if (output) output.textContent = error instanceof Error ? error.message : String(error);
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

/** @param {HTMLFormElement} form */
async function save(form) {
  const { kind, id } = form.dataset;
  if (kind === "settings") {
    await send("PATCH", "/api/settings", await settingsOf(form));
  } else if (kind === "account") {
    await send("PATCH", `/api/accounts/${id}`, accountOf(form));
  } else {
    const made = await send("POST", "/api/accounts", {
      login: fieldOf(form, "login"),
      ...accountOf(form),
    });
    tell(made.link.href);
    return;
  }
  location.reload();
}

/**
 * @param {HTMLFormElement} form
 * @param {Element} button
 */
async function press(form, button) {
  const path = `/api/accounts/${form.dataset.id}`;
  const action = button.getAttribute("data-action");
  if (action === "link") {
    const made = await send("POST", `${path}/link`);
    tell(made.href);
  } else {
    await send("PATCH", path, { enabled: action === "enable" });
    location.reload();
  }
}

/**
 * Show a one-time link; the page is loaded anew when it is closed.
 * @param {string} href
 */
function tell(href) {
  const input = dialog?.querySelector("input");
  if (!dialog || !input) return;
  input.value = new URL(href, location.href).href;
  dialog.showModal();
  input.select();
}

/** @param {HTMLFormElement} form */
function accountOf(form) {
  const typed = new FormData(form);
  return {
    ...(typed.has("oidc_subject") && { oidc_subject: fieldOf(form, "oidc_subject") }),
    name: fieldOf(form, "name"),
    roles: typed.getAll("roles"),
    clusters: typed.get("scope") === "all" ? null : typed.getAll("clusters"),
  };
}

/**
 * What a form of the settings asks for: its own fields, and the decision behind them.
 * @param {HTMLFormElement} form
 */
async function settingsOf(form) {
  /** @type {Record<string, unknown>} */
  const request = {};
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith("decision_") || value === "") continue;
    request[name] = await read(form, name, value);
  }
  const number = fieldOf(form, "decision_number");
  if (!number) return { request };
  const decision = {
    number,
    on: fieldOf(form, "decision_on") || null,
    issuer: fieldOf(form, "decision_issuer"),
  };
  return { request, decision };
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {FormDataEntryValue} value
 */
async function read(form, name, value) {
  if (value instanceof File)
    return name === "logo" ? (value.size ? base64(value) : "") : polygonsIn(await value.text());
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLElement && "number" in field.dataset) return numberOf(value);
  return value === "true" || value === "false" ? value === "true" : value;
}

/**
 * A number as people write it: 459.057,5 and 459057.5 are the same.
 * @param {string} text
 */
function numberOf(text) {
  const plain = text.replaceAll(/\s/g, "");
  return Number(plain.includes(",") ? plain.replaceAll(".", "").replace(",", ".") : plain);
}

/** @param {File} file */
async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/**
 * The polygons of a GeoJSON file with one region, as the register takes them.
 * @param {string} text
 */
function polygonsIn(text) {
  const found = JSON.parse(text);
  const feature = found.type === "FeatureCollection" ? found.features?.[0] : found;
  const geometry = feature?.geometry ?? feature;
  if (geometry?.type !== "Polygon" && geometry?.type !== "MultiPolygon")
    throw new Error(config.texts.admin_no_polygon);
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const flat = /** @param {number[]} point */ (point) => point.slice(0, 2);
  return {
    epsg: 4326,
    polygons: polygons.map((/** @type {number[][][]} */ rings) =>
      rings.map((ring) => ring.map(flat)),
    ),
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function fieldOf(form, name) {
  return String(new FormData(form).get(name) ?? "").trim();
}

/**
 * Send JSON and return the answer's; a refusal is an error with its sentence.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 */
async function send(method, path, body) {
  const answer = await fetch(`${config.base}${path}?lang=${config.language}`, {
    method,
    headers: { "Content-Type": "application/json", "X-CSRF-Token": config.csrf },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok)
    throw new Error(told.errors?.[0]?.message ?? told.detail ?? config.texts.admin_failed);
  return told;
}
