"""Accounts, sessions, tokens and one-time links, in a database of their own beside the register.

    accounts.database   the database: a SQLite file (mode 0600) or a schema of PostgreSQL
    accounts.people     accounts: add, list, change, disable
    accounts.sessions   signing in and out
    accounts.tokens     bearer tokens for programs
    accounts.links      one-time links: the first administrator, a forgotten password
    accounts.identities people of an OpenID Connect provider, linked by an administrator
    accounts.rates      how often somebody may try to sign in

Never in the GeoPackage: that file is copied and handed on. A secret (session, token, link) is
kept as its SHA-256 only, a password as argon2id. The journal of the register knows an account by
its opaque id, so that a person's name can be changed or taken away here.
docs/adr/0010-accounts-and-sessions.md says why.
"""

from gis.accounts.database import Accounts, accounts_path, open_accounts
from gis.accounts.policy import Clock, Policy
from gis.accounts.values import Account, Identity, NewSecret, SignedIn, Token

__all__ = [
    "Account",
    "Accounts",
    "Clock",
    "Identity",
    "NewSecret",
    "Policy",
    "SignedIn",
    "Token",
    "accounts_path",
    "open_accounts",
]
