"""Pages about people: signing in, choosing a password by a link, and one's own account.

They are plain forms that need no script; what somebody typed into a password field is in none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from gis.accounts import Account, Token
from gis.error_texts import RIGHT_TERMS, Language
from gis.rights import Action, clusters_of
from maps import formats
from maps.page import Page, PageContext, render_form
from maps.people_texts import people_texts

_HERE: Final = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Said:
    """What a form came to: a sentence, and whether it is a refusal."""

    text: str
    is_refusal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RightRow:
    """An action that an account may do, and where."""

    action: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """A token as its owner sees it."""

    id: str
    name: str
    is_read_only: bool
    until: str
    used: str


def login_page(
    context: PageContext,
    *,
    next_path: str,
    login: str = "",
    said: Said | None = None,
    has_oidc: bool = False,
) -> Page:
    """Return the page to sign in; ``next_path`` is where to go then."""
    values = {"next_path": next_path, "login": login, "has_oidc": has_oidc}
    return _page("login.html", context, said, values)


def setup_page(
    context: PageContext,
    *,
    owner: Account | None,
    login: str = "",
    name: str = "",
    said: Said | None = None,
) -> Page:
    """Return the page of a one-time link; without an owner it makes the first administrator.

    ``login`` and ``name`` are what was typed before a refusal.
    """
    return _page("setup.html", context, said, {"owner": owner, "login": login, "name": name})


def account_page(
    context: PageContext,
    account: Account,
    tokens: Sequence[Token],
    *,
    names: Mapping[str, str],
    new_token: str | None = None,
    said: Said | None = None,
) -> Page:
    """Return the page of one's own account; ``new_token`` is shown this once.

    ``names`` are those of clusters by their ids.
    """
    language = context.language
    values = {
        "account": account,
        "roles": [term(f"role.{role}", language) for role in sorted(account.roles)],
        "rights": _rights(account, language),
        "scope": scope_said(account, names, language),
        "tokens": [_token_row(token, language) for token in tokens],
        "new_token": new_token,
    }
    return _page("account.html", context, said, values)


def term(key: str, language: Language) -> str:
    """Return what a role or an action is called."""
    return str(getattr(RIGHT_TERMS[key], language))


def scope_said(account: Account, names: Mapping[str, str], language: Language) -> str:
    """Say in which clusters an account holds; one that the register lost is told by its id."""
    words = people_texts(language)
    if account.cluster_ids is None:
        return words["all_clusters"]
    found = sorted(names.get(cluster_id, cluster_id) for cluster_id in account.cluster_ids)
    return ", ".join(found) or words["no_clusters"]


def moment_said(value: datetime | None, language: Language) -> str:
    """Write a time as it is in Vietnam, to the minute; nothing where there is none."""
    if value is None:
        return ""
    here = value.astimezone(_HERE)
    return f"{formats.day(here.date(), language)} {here:%H:%M}"


def _page(template: str, context: PageContext, said: Said | None, values: dict[str, Any]) -> Page:
    words = people_texts(context.language)
    return render_form(template, context, words, {"said": said, **values})


def _rights(account: Account, language: Language) -> list[RightRow]:
    words = people_texts(language)
    rows = []
    for action in Action:
        clusters = clusters_of(account.actor(), action)
        if clusters is None or clusters:
            where = words["all_clusters"] if clusters is None else words["in_scope"]
            rows.append(RightRow(action=term(f"action.{action}", language), where=where))
    return rows


def _token_row(token: Token, language: Language) -> TokenRow:
    return TokenRow(
        id=token.id,
        name=token.name,
        is_read_only=token.is_read_only,
        until=moment_said(token.expires_at, language),
        used=moment_said(token.last_used_at, language) or people_texts(language)["never"],
    )
