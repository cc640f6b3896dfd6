"""What ``ccn-gis user`` does. Whoever may read the accounts' file may do all of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typer

from api.cli.output import print_json, print_table
from api.cli.speaking import language
from api.settings import Settings
from gis.accounts import (
    Account,
    Accounts,
    NewSecret,
    identities,
    links,
    open_accounts,
    people,
    tokens,
)
from gis.error_texts import RIGHT_TERMS
from gis.errors import InvalidValue, StoreProblem
from gis.rights import Role

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def run_add(
    register: str,
    login: str,
    *,
    name: str,
    roles: Sequence[str] | None,
    clusters: Sequence[str] | None,
    as_json: bool,
) -> None:
    """Add an account and print the link with which its owner chooses a password."""
    with _opened(register) as accounts:
        one = people.add_account(
            accounts, login=login, name=name, roles=_roles(roles), cluster_ids=clusters or None
        )
        link = links.password_link(accounts, one.id)
    _tell(one, as_json=as_json, vi="Đã thêm {login} ({id}).", en="Added {login} ({id}).", link=link)


def run_list(register: str, *, as_json: bool) -> None:
    """Print every account; of a register without an administrator the link for the first."""
    with _opened(register) as accounts:
        found = people.all_accounts(accounts)
        first = links.first_link(accounts)
    if as_json:
        print_json({"accounts": [_as_json(one) for one in found], **_link_json(first)})
        return
    if found:
        _print(found)
    if first is not None:
        typer.echo(first_link_said(setup_address(Settings.from_environment(), first), first))


def run_change(
    register: str,
    login: str,
    *,
    name: str | None,
    roles: Sequence[str] | None,
    clusters: Sequence[str] | None,
    all_clusters: bool,
    as_json: bool,
) -> None:
    """Change what is given of an account."""
    with _opened(register) as accounts:
        one = people.change_account(
            accounts,
            people.find_account(accounts, login).id,
            name=name,
            roles=_roles(roles) if roles else None,
            cluster_ids=clusters or None,
            all_clusters=all_clusters,
        )
    _tell(one, as_json=as_json, vi="Đã đổi {login}.", en="Changed {login}.")


def run_disable(register: str, login: str, *, as_json: bool) -> None:
    """Disable an account."""
    with _opened(register) as accounts:
        one = people.disable_account(accounts, people.find_account(accounts, login).id)
    _tell(
        one,
        as_json=as_json,
        vi="Đã khóa {login}; mọi phiên và mã truy cập đã chấm dứt.",
        en="Disabled {login}; its sessions and tokens have ended.",
    )


def run_enable(register: str, login: str, *, as_json: bool) -> None:
    """Enable an account again."""
    with _opened(register) as accounts:
        one = people.enable_account(accounts, people.find_account(accounts, login).id)
    _tell(one, as_json=as_json, vi="Đã mở khóa {login}.", en="Enabled {login}.")


def run_token(
    register: str, login: str, *, name: str, days: int, is_read_only: bool, as_json: bool
) -> None:
    """Make a bearer token and print it, alone on standard output."""
    with _opened(register) as accounts:
        one = people.find_account(accounts, login)
        made = tokens.add_token(accounts, one.id, name=name, days=days, is_read_only=is_read_only)
    if as_json:
        print_json({"token": made.text, "expires_at": made.expires_at.isoformat()})
        return
    typer.echo(made.text)
    said = (
        f"It is shown this once and holds until {_when(made)}."
        if language() == "en"
        else f"Chỉ hiện một lần này; có hiệu lực đến {_when(made)}."
    )
    typer.echo(said, err=True)


def run_password(register: str, login: str, *, as_json: bool) -> None:
    """Print the link with which an account's owner chooses a new password."""
    with _opened(register) as accounts:
        one = people.find_account(accounts, login)
        link = links.password_link(accounts, one.id)
    _tell(one, as_json=as_json, link=link)


def run_link(register: str, login: str, *, subject: str, as_json: bool) -> None:
    """Link an account to a person of the provider that the settings name."""
    issuer = Settings.from_environment().oidc_issuer
    with _opened(register) as accounts:
        one = people.find_account(accounts, login)
        identities.link_identity(accounts, one.id, issuer=issuer, subject=subject)
    _tell(one, as_json=as_json, vi="Đã đổi {login}.", en="Changed {login}.")


def first_link_said(address: str, link: NewSecret) -> str:
    """Say where the first administrator is made."""
    if language() == "en":
        return f"Make the first administrator (once, until {_when(link)}): {address}"
    return f"Tạo người quản trị đầu tiên (dùng một lần, đến {_when(link)}): {address}"


def setup_address(settings: Settings, link: NewSecret, served_at: str = "") -> str:
    """Return the address of a one-time link: at the public address, else where it is served."""
    at = settings.public_url or served_at or f"http://{settings.host}:{settings.port}"
    return f"{at}/setup/{link.text}"


@contextmanager
def _opened(register: str) -> Iterator[Accounts]:
    """Open the accounts of a register that is there, and close them whatever happens."""
    if "://" not in register and not Path(register).is_file():
        raise StoreProblem("register.missing", path=register)
    accounts = open_accounts(register)
    try:
        yield accounts
    finally:
        accounts.close()


def _roles(names: Sequence[str] | None) -> list[Role]:
    try:
        return [Role(name) for name in names or ()]
    except ValueError:
        wrong = next(name for name in names or () if name not in tuple(Role))
        listed = ", ".join(Role)
        raise InvalidValue("value.choice", value=wrong[:40], name="role", choices=listed) from None


def _tell(
    one: Account, *, as_json: bool, vi: str = "", en: str = "", link: NewSecret | None = None
) -> None:
    if as_json:
        print_json({**_as_json(one), **_link_json(link)})
        return
    said = (en if language() == "en" else vi).format(login=one.login, id=one.id)
    if said:
        typer.echo(said)
    if link is not None:
        address = setup_address(Settings.from_environment(), link)
        if language() == "en":
            typer.echo(f"Hand this on; it works once, until {_when(link)}: {address}")
        else:
            typer.echo(f"Trao liên kết này (dùng một lần, đến {_when(link)}): {address}")


def _print(found: Sequence[Account]) -> None:
    is_english = language() == "en"
    heads = (
        ("Login", "Name", "Roles", "Clusters", "State")
        if is_english
        else ("Đăng nhập", "Họ tên", "Vai trò", "Phạm vi", "Tình trạng")
    )
    print_table("", heads, [_row(one) for one in found])


def _row(one: Account) -> tuple[str, ...]:
    words = language()
    roles = [getattr(RIGHT_TERMS[f"role.{role}"], words) for role in sorted(one.roles)]
    every = "all" if words == "en" else "mọi cụm"
    scope = every if one.cluster_ids is None else ", ".join(sorted(one.cluster_ids)) or "–"
    return one.login, one.name, ", ".join(roles) or "–", scope, _state(one)


def _state(one: Account) -> str:
    is_english = language() == "en"
    if not one.is_enabled:
        return "disabled" if is_english else "đã khóa"
    if not one.has_password:
        return "no password yet" if is_english else "chưa đặt mật khẩu"
    return "enabled" if is_english else "đang dùng"


def _as_json(one: Account) -> dict[str, Any]:
    return {
        "id": one.id,
        "login": one.login,
        "name": one.name,
        "roles": sorted(one.roles),
        "cluster_ids": None if one.cluster_ids is None else sorted(one.cluster_ids),
        "enabled": one.is_enabled,
        "has_password": one.has_password,
        "created_at": one.created_at.isoformat(),
    }


def _link_json(link: NewSecret | None) -> dict[str, Any]:
    if link is None:
        return {}
    address = setup_address(Settings.from_environment(), link)
    return {"link": address, "link_expires_at": link.expires_at.isoformat()}


def _when(secret: NewSecret) -> str:
    return f"{secret.expires_at.astimezone(_HERE):%d/%m/%Y %H:%M}"
