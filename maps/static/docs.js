// @ts-check
/** The API's description in Swagger UI, which the page loads before this script. */

const place = document.getElementById("docs");

/** @type {any} */ (window).SwaggerUIBundle({
  url: place?.dataset.description,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
