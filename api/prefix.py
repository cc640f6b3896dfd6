"""The path prefix of ``CCN_GIS_PUBLIC_URL``: whether or not a proxy takes it off on the way."""

from starlette.types import ASGIApp, Receive, Scope, Send


class PathPrefix:
    """ASGI middleware: let routes be found below a prefix, with or without it in the request."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name the prefix as ASGI's root path; routing takes it off where it is there."""
        if scope["type"] == "http":
            scope = {**scope, "root_path": self.prefix}
        await self.app(scope, receive, send)
