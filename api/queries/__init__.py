"""What addresses may be asked: every string of a query becomes a value here, and nowhere else.

A query is a pydantic model whose fields read their text by our own rules, so that each refusal
has one of the register's codes. An unknown parameter is refused (THREATS 36, 39, 40).
"""

from api.queries.changes import (
    ChangeAsked,
    JournalAsked,
    SubmissionsAsked,
)
from api.queries.public import (
    Asked,
    AskedAt,
    AskedOn,
    ClustersAsked,
    EmbedAsked,
    HistoryAsked,
    LoginAsked,
    LogoAsked,
    OutlineAsked,
    ParcelsAsked,
    ShareAsked,
)
from api.queries.reading import (
    LONGEST_ID,
    LONGEST_PATH,
    MOST,
    Language,
    read_bbox,
    read_limit,
)
from api.queries.tenure import (
    HeldParcelsAsked,
    LeasesAsked,
    TenureAsked,
)

__all__ = [
    "LONGEST_ID",
    "LONGEST_PATH",
    "MOST",
    "Asked",
    "AskedAt",
    "AskedOn",
    "ChangeAsked",
    "ClustersAsked",
    "EmbedAsked",
    "HeldParcelsAsked",
    "HistoryAsked",
    "JournalAsked",
    "Language",
    "LeasesAsked",
    "LoginAsked",
    "LogoAsked",
    "OutlineAsked",
    "ParcelsAsked",
    "ShareAsked",
    "SubmissionsAsked",
    "TenureAsked",
    "read_bbox",
    "read_limit",
]
