"""The command ``ccn-gis serve``."""

import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final

import typer

from api.app import create_app
from api.cli.people import first_link_said, setup_address
from api.cli.speaking import language
from api.guard import ServerLimits
from api.server import serve
from api.settings import Settings
from gis.accounts import Accounts, Policy, links, open_accounts
from gis.errors import GisError, InvalidValue
from gis.model import today
from gis.store import Store, open_store
from gis.tenure import tenure_index

#: How long to wait at the end for a reader that was started with the service.
_LAST_READ_S: Final = 30.0


def run_serve(register: str, *, host: str, port: int) -> None:
    """Serve the map until interrupted; the register is one file again afterwards.

    Raises:
        InvalidValue: ``server.address`` where the address can't be listened on, or a setting's.
        StoreProblem: the register's.
    """
    settings = replace(Settings.from_environment(), register=register, host=host, port=port)
    with closing(open_store(register)) as store, closing(_accounts(settings)) as accounts:
        store.serve_many()
        app = create_app(settings, store, accounts)
        index = _index_of(store)
        announce = _announcer(settings, accounts)

        def ready(address: str) -> None:
            announce(address)
            index.start()

        try:
            serve(app, host, port, limits=_limits(settings), on_ready=ready)
            if index.is_alive():
                index.join(_LAST_READ_S)  # as long as it reads, the register is no single file
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise InvalidValue("server.address", host=host, port=port, reason=reason) from error


def _index_of(store: Store) -> threading.Thread:
    """Return what makes the index of searches while nobody waits for it; the first search would."""

    def make() -> None:
        with suppress(GisError):
            tenure_index(store, store.present(today()))

    return threading.Thread(target=make, name="index", daemon=True)


def _accounts(settings: Settings) -> Accounts:
    policy = Policy(
        session_for=timedelta(hours=settings.session_hours),
        idle_for=timedelta(minutes=settings.session_idle_minutes),
    )
    return open_accounts(settings.register, policy=policy)


def _limits(settings: Settings) -> ServerLimits:
    return ServerLimits(
        header_seconds=settings.header_seconds,
        connections=settings.connections,
        threads=settings.threads or None,
    )


def _announcer(settings: Settings, accounts: Accounts) -> Callable[[str], None]:
    """Return what tells the address and, without an administrator, the link for the first."""

    def announce(address: str) -> None:
        if language() == "en":
            typer.echo(f"The map is at {address}  (stop with Ctrl+C)")
        else:
            typer.echo(f"Bản đồ: {address}  (dừng bằng Ctrl+C)")
        first = links.first_link(accounts)
        if first is not None:
            typer.echo(first_link_said(setup_address(settings, first, address), first))

    return announce
