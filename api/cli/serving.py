"""The command ``ccn-gis serve``."""

from dataclasses import replace

import typer

from api.app import create_app
from api.cli.speaking import language
from api.guard import ServerLimits
from api.server import serve
from api.settings import Settings
from gis.errors import InvalidValue
from gis.store import open_store


def run_serve(register: str, *, host: str, port: int) -> None:
    """Serve the map until interrupted; the register is one file again afterwards.

    Raises:
        InvalidValue: ``server.address`` where the address can't be listened on, or a setting's.
        StoreProblem: the register's.
    """
    settings = replace(Settings.from_environment(), register=register, host=host, port=port)
    store = open_store(register)
    try:
        store.serve_many()
        app = create_app(settings, store)
        serve(app, host, port, limits=_limits(settings), on_ready=_announce)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidValue("server.address", host=host, port=port, reason=reason) from error
    finally:
        store.close()


def _limits(settings: Settings) -> ServerLimits:
    return ServerLimits(
        header_seconds=settings.header_seconds,
        connections=settings.connections,
        threads=settings.threads or None,
    )


def _announce(address: str) -> None:
    if language() == "en":
        typer.echo(f"The map is at {address}  (stop with Ctrl+C)")
    else:
        typer.echo(f"Bản đồ: {address}  (dừng bằng Ctrl+C)")
