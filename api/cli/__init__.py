"""The command ``ccn-gis``. Importing it loads no heavy library: each command loads its own."""

from api.cli.app import app, main

__all__ = ["app", "main"]
