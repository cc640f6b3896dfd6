"""``/api/accounts``: who has an account, for the administrator.

No answer holds a secret but the one-time link, which is told once.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Request
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.auth import AccountsHere, CallerHere
from api.bodies import read_body
from api.deps import JSON, Service, ServiceHere, no_repeats
from api.openapi import json_body
from api.routes import RESPONSES, private
from api.schemas.people import (
    AccountBody,
    AccountChangeSent,
    AccountList,
    AccountSent,
    NewAccount,
    OneTimeLink,
)
from gis.accounts import Account, NewSecret, identities, links, people
from gis.errors import NotFound
from gis.model import Cluster, today
from gis.names import nearest
from gis.rights import Action, require

router = APIRouter(
    prefix="/api/accounts",
    tags=["Tài khoản · accounts"],
    dependencies=[Depends(no_repeats)],
    responses={status: told for status, told in RESPONSES.items() if status != 304},
)

Id = Annotated[str, Path(description="Id of an account.", examples=["acc-0123456789abcdef"])]
_NEW: Final = TypeAdapter(AccountSent)
_CHANGE: Final = TypeAdapter(AccountChangeSent)


@router.get("", response_model=AccountList)
async def accounts_known(
    service: ServiceHere, accounts_: AccountsHere, caller: CallerHere
) -> Response:
    """List every account, ordered by login."""
    require(caller.actor, Action.MANAGE_PEOPLE)

    def listed() -> AccountList:
        subjects = identities.subjects_of(accounts_, service.settings.oidc_issuer)
        found = people.all_accounts(accounts_)
        return AccountList(accounts=[AccountBody.of(one, subjects.get(one.id)) for one in found])

    return private((await run_in_threadpool(listed)).model_dump_json())


@router.post("", response_model=NewAccount, status_code=201, openapi_extra=json_body(AccountSent))
async def account_added(
    request: Request, service: ServiceHere, accounts_: AccountsHere, caller: CallerHere
) -> Response:
    """Add an account; the answer holds the link with which its owner chooses a password.

    ``clusters`` null or left out means all of them.
    """
    require(caller.actor, Action.MANAGE_PEOPLE)
    sent = read_body(_NEW, await request.body())
    by = caller.actor.account_id

    def add() -> tuple[Account, NewSecret]:
        _require_clusters(service, sent.clusters)
        account = people.add_account(
            accounts_,
            login=sent.login,
            name=sent.name,
            roles=sent.roles,
            cluster_ids=sent.clusters,
            by=by,
        )
        return account, links.password_link(accounts_, account.id, by=by)

    account, secret = await run_in_threadpool(add)
    body = NewAccount(account=AccountBody.of(account), link=_told(service, secret))
    return _answer(body.model_dump_json(), 201)


@router.patch(
    "/{account_id}", response_model=AccountBody, openapi_extra=json_body(AccountChangeSent)
)
async def account_changed(
    account_id: Id,
    request: Request,
    service: ServiceHere,
    accounts_: AccountsHere,
    caller: CallerHere,
) -> Response:
    """Change what is sent of an account; it holds from the account's next request on.

    ``clusters`` null means all of them. ``enabled`` false ends its sessions and tokens at once.
    """
    require(caller.actor, Action.MANAGE_PEOPLE)
    sent = read_body(_CHANGE, await request.body())
    by = caller.actor.account_id

    issuer = service.settings.oidc_issuer

    def apply() -> AccountBody:
        account = changed()
        if sent.oidc_subject is not None:
            identities.link_identity(
                accounts_, account_id, issuer=issuer, subject=sent.oidc_subject, by=by
            )
        return AccountBody.of(account, identities.subjects_of(accounts_, issuer).get(account.id))

    def changed() -> Account:
        people.require_id(accounts_, account_id)
        _require_clusters(service, sent.clusters)
        account = people.change_account(
            accounts_,
            account_id,
            name=sent.name,
            roles=sent.roles,
            cluster_ids=sent.clusters,
            all_clusters="clusters" in sent.model_fields_set and sent.clusters is None,
            by=by,
        )
        if sent.enabled is None or sent.enabled == account.is_enabled:
            return account
        switch = people.enable_account if sent.enabled else people.disable_account
        return switch(accounts_, account_id, by=by)

    return private((await run_in_threadpool(apply)).model_dump_json())


@router.post("/{account_id}/link", response_model=OneTimeLink, status_code=201)
async def account_link(
    account_id: Id, service: ServiceHere, accounts_: AccountsHere, caller: CallerHere
) -> Response:
    """Make a one-time link with which an account's owner chooses a new password."""
    require(caller.actor, Action.MANAGE_PEOPLE)

    def make() -> NewSecret:
        people.require_id(accounts_, account_id)
        return links.password_link(accounts_, account_id, by=caller.actor.account_id)

    secret = await run_in_threadpool(make)
    return _answer(_told(service, secret).model_dump_json(), 201)


def _require_clusters(service: Service, ids: list[str] | None) -> None:
    """Refuse a cluster that the register never knew: a misspelt one would be no right at all."""
    store = service.store
    for cluster_id in ids or ():
        if not cluster_id.isprintable() or not store.history(Cluster, cluster_id):
            known = store.all(Cluster, store.present(today()))
            names = {found.thing.id: found.thing.name_vi for found in known}
            near = ", ".join(nearest(cluster_id[:100], names)) or "—"
            raise NotFound("cluster.unknown", value=cluster_id[:60], near=near)


def _told(service: Service, secret: NewSecret) -> OneTimeLink:
    return OneTimeLink.of(secret, service.settings.link(f"/setup/{secret.text}"))


def _answer(text: str, status: int) -> Response:
    return Response(text, status, {"Cache-Control": "private, no-store"}, JSON)
