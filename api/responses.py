"""The formats of answers, for the description of the API; bodies are written by the routes."""

from fastapi.responses import JSONResponse


class GeoJsonResponse(JSONResponse):
    """GeoJSON (RFC 7946): WGS84, longitude before latitude."""

    media_type = "application/geo+json"
