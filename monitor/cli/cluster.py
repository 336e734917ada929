"""What the commands of a cluster need."""

from __future__ import annotations

from importlib.util import find_spec

from model import LeaderwatchError


class NoCluster(LeaderwatchError):
    """The extra `cluster` is not installed."""


def require_cluster() -> None:
    """Raise NoCluster where the extra is not installed."""
    if find_spec("procrastinate") is None or find_spec("psycopg") is None:
        raise NoCluster("schedules and workers need the extra `cluster`: pip install 'leaderwatch[cluster]'")
