"""What is asked about changes: how one is asked for, the journal, submissions."""

from typing import Annotated

from pydantic import Field, WithJsonSchema

from api.queries.public import Asked
from api.queries.reading import (
    NONE,
    ClusterId,
    Limit,
    choice,
    read_limit,
    reader,
    yes_or_no,
)
from gis.model import SubmissionState


class ChangeAsked(Asked):
    """How a change is asked for."""

    dry_run: Annotated[
        bool,
        yes_or_no("dry_run"),
        Field(description="Check everything and keep nothing."),
    ] = False
    draft: Annotated[
        bool,
        yes_or_no("draft"),
        Field(description="Keep it as a draft of a submission, whatever is still wrong with it."),
    ] = False


class JournalAsked(Asked):
    """Which entries of the journal."""

    cluster: Annotated[
        ClusterId,
        Field(description="Id of a cluster or zone: its own entries only."),
    ] = None
    before: Annotated[
        int | NONE,
        reader(read_limit),
        WithJsonSchema({"type": "integer", "minimum": 1}),
        Field(description="Entries older than this number; see the answer's before."),
    ] = None
    limit: Annotated[
        Limit,
        Field(description="Entries a page: default 100."),
    ] = None


class SubmissionsAsked(Asked):
    """Which submissions."""

    state: Annotated[
        SubmissionState | NONE,
        choice(SubmissionState, "state"),
        Field(description="How far it has come."),
    ] = None
    cluster: Annotated[
        ClusterId,
        Field(description="Id of a cluster or zone."),
    ] = None
    mine: Annotated[
        bool, yes_or_no("mine"), Field(description="Those of the one who asks only.")
    ] = False
