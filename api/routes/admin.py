"""The page "Thiết lập" at ``/admin``: people and the settings of the register."""

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.auth import accounts_of
from api.deps import HTML, no_repeats
from api.headers import page_headers
from api.routes.people_pages import Visit, VisitHere
from gis.accounts import people
from gis.accounts.identities import subjects_of
from gis.model import Cluster, today
from gis.rights import Action, require
from gis.settings import register_settings
from maps.admin_page import LAST_CHANGES, AdminFacts, admin_page

router = APIRouter(include_in_schema=False, dependencies=[Depends(no_repeats)])


@router.get("/admin")
async def settings_page(visit: VisitHere) -> Response:
    """Return the page of people and settings, of them what its reader may manage."""
    facts = await run_in_threadpool(_facts, visit)
    page = admin_page(visit.context, facts)
    headers = page_headers(page) | {"Cache-Control": "no-store"}
    return Response(page.html, headers=headers, media_type=HTML)


def _facts(visit: Visit) -> AdminFacts:
    caller, store = visit.caller, visit.request.app.state.service.store
    manages_people = caller.may_somewhere(Action.MANAGE_PEOPLE)
    if not manages_people:
        require(caller.actor, Action.MANAGE_SETTINGS)
    opened = accounts_of(visit.request)
    accounts = people.all_accounts(opened)
    issuer = visit.settings.oidc_issuer
    moment = store.present(today())
    changes = [one for one in store.changes() if one.action == "settings.change"]
    return AdminFacts(
        people=accounts if manages_people else None,
        settings=register_settings(store, moment)
        if caller.may_somewhere(Action.MANAGE_SETTINGS)
        else None,
        clusters=[found.thing for found in store.all(Cluster, moment)],
        changes=changes[: -LAST_CHANGES - 1 : -1],
        names={one.id: one.name for one in accounts},
        own_id=caller.actor.account_id,
        subjects=subjects_of(opened, issuer) if issuer else None,
    )
