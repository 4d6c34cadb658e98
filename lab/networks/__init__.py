"""Graphs from outside, for both graph rooms: those of the literature, and a visitor's own file."""

from lab.networks.network import Network
from lab.networks.reading import read_network
from lab.networks.shipped import NETWORKS, network

__all__ = ["NETWORKS", "Network", "network", "read_network"]
