"""The command `ccn-gis`. Importing it loads no heavy library."""

import typer

app = typer.Typer(name="ccn-gis", no_args_is_help=True, add_completion=False)


@app.callback()
def root() -> None:
    """Sổ đăng ký đất và bản đồ cụm công nghiệp · Land register and map of industrial clusters."""


def main() -> None:
    """Run the command line."""
    app()
