"""The address of a register in PostgreSQL: where it is, in which schema, and how it is shown."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from gis.errors import StoreProblem

SCHEMES: Final = ("postgresql", "postgres")
_HIDDEN: Final = ("password", "sslpassword")


@dataclass(frozen=True, slots=True)
class PostgisAddress:
    """``url`` is what the driver connects to, ``schema`` holds the tables."""

    url: sa.URL
    schema: str

    @classmethod
    def read(cls, address: str) -> "PostgisAddress":
        """Read ``postgresql://user@host/database?schema=name&…``; other parameters are libpq's.

        Raises:
            StoreProblem: ``register.engine``.

        >>> PostgisAddress.read("postgres://ccn:secret@db/land?schema=ccn").shown
        'postgresql://ccn:***@db/land?schema=ccn'
        >>> PostgisAddress.read("postgresql://ccn@/land?host=/run&password=x").shown
        'postgresql://ccn@/land?host=%2Frun&password=***'
        """
        try:
            url = sa.make_url(address).set(drivername="postgresql+psycopg")
        except (ArgumentError, ValueError) as error:
            shown = address.split("://", 1)[0] + "://…"
            raise StoreProblem("register.engine", url=shown) from error
        schema = url.query.get("schema", "public")
        if not isinstance(schema, str) or not schema or "\x00" in schema:
            raise StoreProblem("register.engine", url="postgresql://…?schema=…")
        return cls(url.difference_update_query(["schema"]), schema)

    @property
    def shown(self) -> str:
        """Return the address without a password, to be told to people."""
        hidden = {name: "***" for name in _HIDDEN if name in self.url.query}
        where = {} if self.schema == "public" else {"schema": self.schema}
        url = self.url.set(drivername="postgresql").update_query_dict(hidden | where)
        return url.render_as_string(hide_password=True).replace("%2A%2A%2A", "***")

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what must never be told."""
        told = (self.url.password, *(self.url.query.get(name) for name in _HIDDEN))
        return tuple(secret for secret in told if isinstance(secret, str) and secret)
