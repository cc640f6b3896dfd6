"""The command ``ccn-gis``. Importing it loads no heavy library: each command loads its own."""

from api.cli.app import app, main
from api.cli.users import users

app.add_typer(users, name="user")

__all__ = ["app", "main"]
