"""Clusters and zones: as people ask for them, and how they are founded, changed and planned."""

from gis.clusters.changing import (
    AdjustCluster,
    DropCluster,
    ExpandCluster,
    adjust_cluster,
    drop_cluster,
    expand_cluster,
)
from gis.clusters.detail import ClusterDetail, ClusterPlan, cluster_detail, cluster_plan
from gis.clusters.founding import FoundCluster, found_cluster
from gis.clusters.land import ClassShare, ClusterBalance, StateShare, cluster_balance
from gis.clusters.planning import (
    ApprovePlan,
    PlannedArea,
    RecordServingLand,
    approve_plan,
    record_serving_land,
)
from gis.clusters.views import ClusterView, list_clusters
from gis.registered import find_cluster

__all__ = [
    "AdjustCluster",
    "ApprovePlan",
    "ClassShare",
    "ClusterBalance",
    "ClusterDetail",
    "ClusterPlan",
    "ClusterView",
    "DropCluster",
    "ExpandCluster",
    "FoundCluster",
    "PlannedArea",
    "RecordServingLand",
    "StateShare",
    "adjust_cluster",
    "approve_plan",
    "cluster_balance",
    "cluster_detail",
    "cluster_plan",
    "drop_cluster",
    "expand_cluster",
    "find_cluster",
    "found_cluster",
    "list_clusters",
    "record_serving_land",
]
