"""Bodies about the service itself: problems, health."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from api.schemas.base import Body


class ProblemError(Body):
    """One bad parameter."""

    in_: Annotated[str, Field(serialization_alias="in", description="query or path.")]
    pointer: Annotated[str, Field(description="JSON pointer to the parameter.")]
    code: str
    message: str


class Problem(Body):
    """A problem document (RFC 9457). ``code`` never changes; texts are in the language asked."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: Annotated[str, Field(description="Stable name of the problem; see the guide.")]
    errors: Annotated[
        list[ProblemError] | None, Field(description="Every bad parameter, if that is the case.")
    ] = None
    facts: Annotated[dict[str, Any] | None, Field(description="What the sentence was made of.")] = (
        None
    )


class RegisterHealth(Body):
    """The register behind the service."""

    schema_: Annotated[
        int, Field(serialization_alias="schema", description="Version of its tables.")
    ]
    changes: Annotated[int, Field(description="Number of its last change.")]


class Health(Body):
    """That the service answers and can read its register."""

    status: Annotated[str, Field(description="ok; anything else is a problem document.")]
    register_: Annotated[RegisterHealth, Field(serialization_alias="register")]
    version: Annotated[str, Field(description="Version of the program.")]
