"""Ids and short names of the example's things."""

from gis.example.calibration import real_clusters


def short_name(cluster_id: str) -> str:
    """Return a cluster's initials, as contract numbers carry them.

    >>> short_name("ccn-phu-thanh-ii")
    'PTI'
    """
    return "".join(word[0] for word in cluster_id.split("-")[1:]).upper()


def parcel_id(cluster_id: str, label: str) -> str:
    """Return the id of the parcel of a plot.

    >>> parcel_id("ccn-tien-tien", "CN-05")
    'ccn-tien-tien-thua-cn-05'
    """
    return f"{cluster_id}-thua-{label.lower()}"


def plan_id(cluster_id: str) -> str:
    """Return the id of a cluster's detailed plan."""
    return f"{cluster_id}-qhct"


def display_name(cluster_id: str) -> str:
    """Return a cluster's name."""
    return real_clusters()[cluster_id].name_vi
