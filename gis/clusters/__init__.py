"""Clusters and zones as people ask for them: a list, one of them, its plan, its land balance."""

from gis.clusters.detail import ClusterDetail, ClusterPlan, cluster_detail, cluster_plan
from gis.clusters.land import ClassShare, ClusterBalance, StateShare, cluster_balance
from gis.clusters.views import ClusterView, find_cluster, list_clusters

__all__ = [
    "ClassShare",
    "ClusterBalance",
    "ClusterDetail",
    "ClusterPlan",
    "ClusterView",
    "StateShare",
    "cluster_balance",
    "cluster_detail",
    "cluster_plan",
    "find_cluster",
    "list_clusters",
]
