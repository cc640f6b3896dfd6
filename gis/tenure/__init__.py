"""Who holds which land and when: what the register knows of a cluster, and what follows of it.

Parcels, projects and leases ask here; everything is a value in one VN-2000 zone.
"""

from gis.tenure.findings import lease_findings
from gis.tenure.flags import FlagFinding, LeaseFindings, LeaseFlag
from gis.tenure.holdings import Held, Holdings, cluster_of, holdings_of, read_holdings
from gis.tenure.index import TenureIndex, tenure_index
from gis.tenure.land import LandOverlap, industrial_on, overlaps_with, parts_outside, shapes_on
from gis.tenure.naming import free_id, slug
from gis.tenure.parties import NewParty, known_party, party_of
from gis.tenure.tolerance import DEFAULT_SCALE, AreaTolerance, area_tolerance

__all__ = [
    "DEFAULT_SCALE",
    "AreaTolerance",
    "FlagFinding",
    "Held",
    "Holdings",
    "LandOverlap",
    "LeaseFindings",
    "LeaseFlag",
    "NewParty",
    "TenureIndex",
    "area_tolerance",
    "cluster_of",
    "free_id",
    "holdings_of",
    "industrial_on",
    "known_party",
    "lease_findings",
    "overlaps_with",
    "parts_outside",
    "party_of",
    "read_holdings",
    "shapes_on",
    "slug",
    "tenure_index",
]
