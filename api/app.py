"""The application: settings and a register in, an ASGI application out. Nothing at import."""

from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI

from api.assets import Assets
from api.auth import caller_of
from api.deps import Service
from api.errors import answer_errors
from api.headers import add_header_middleware
from api.limits import MEGABYTE, BodyLimit, BodyLimits
from api.openapi import describe
from api.prefix import PathPrefix
from api.routes import (
    accounts,
    admin,
    assets,
    changes,
    clusters,
    docs,
    documents,
    health,
    indicators,
    leases,
    oidc_pages,
    pages,
    parcels,
    people_pages,
    reconciliation,
    records,
    rules,
    session,
    settings,
    submissions,
)
from api.settings import Settings
from api.version import program_version
from gis.accounts import Accounts
from gis.errors import InvalidValue
from gis.store import Store
from maps.resources import STATIC, asset_version

if TYPE_CHECKING:
    from api.oidc import Provider

ROUTERS = (
    clusters.router,
    parcels.router,
    indicators.router,
    reconciliation.router,
    rules.router,
    session.router,
    leases.router,
    records.router,
    accounts.router,
    settings.router,
    changes.router,
    documents.router,
    submissions.router,
    health.router,
    pages.router,
    people_pages.router,
    oidc_pages.router,
    admin.router,
    docs.router,
)
"""Every address but the static files: each request is resolved to its caller first."""


def create_app(settings: Settings, store: Store, accounts: Accounts | None = None) -> FastAPI:
    """Make the service of a register; without ``accounts`` there is nothing but its public part.

    The caller keeps store and accounts: it opened them and closes them when the server has
    stopped.
    """
    app = FastAPI(
        title="CCN GIS",
        version=program_version(),
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.accounts = accounts
    app.state.provider = _provider(settings, accounts)
    app.state.service = Service(settings, store, Assets(STATIC, asset_version()))
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(caller_of)])
    app.include_router(assets.router)
    answer_errors(app)
    describe(app, settings)
    app.add_middleware(BodyLimit, limits=_body_limits(settings))
    add_header_middleware(app, settings)
    app.add_middleware(PathPrefix, prefix=settings.path_prefix)
    return app


def _provider(settings: Settings, accounts: Accounts | None) -> "Provider | None":
    """Return the provider of OpenID Connect where one is set; its libraries are loaded then only.

    Raises:
        InvalidValue: ``oidc.missing`` without the libraries.
    """
    if not settings.oidc_issuer or accounts is None:
        return None
    try:
        from api.oidc import Provider  # noqa: PLC0415 - an optional part of the installation
    except ImportError as error:
        raise InvalidValue("oidc.missing") from error
    return Provider(settings, accounts.now)


def _body_limits(settings: Settings) -> BodyLimits:
    return BodyLimits(
        json_bytes=settings.body_mb * MEGABYTE,
        file_bytes=settings.file_mb * MEGABYTE,
        file_prefixes=(settings.path_prefix + documents.ROOT,),
        seconds=settings.body_seconds,
    )
