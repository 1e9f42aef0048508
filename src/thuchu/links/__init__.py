"""Room `links`: one canonical form for an address however it is written, and two warnings about hosts.

Enters: a message or an address, lists that publishers made, the table of official hosts.
Leaves: canonical addresses; warnings `listed` and `look_alike`, each with its reason.
Never here: fetching anything, following a shortener, a verdict about people.
"""

from thuchu.links.address import Address, NotAnAddress, canonical, parse_address, shown_host
from thuchu.links.finding import find_addresses
from thuchu.links.inspect import LinkWarning, inspect, inspect_address
from thuchu.links.lists import ListedHosts, ListEntry, Listing, Refusal, read_list
from thuchu.links.lookalike import LookAlike, look_alike
from thuchu.links.official import (
    BadOfficialTable,
    OfficialBody,
    OfficialTable,
    bundled_official,
    official_table,
    read_official,
)

__all__ = [
    "Address",
    "BadOfficialTable",
    "LinkWarning",
    "ListEntry",
    "ListedHosts",
    "Listing",
    "LookAlike",
    "NotAnAddress",
    "OfficialBody",
    "OfficialTable",
    "Refusal",
    "bundled_official",
    "canonical",
    "find_addresses",
    "inspect",
    "inspect_address",
    "look_alike",
    "official_table",
    "parse_address",
    "read_list",
    "read_official",
    "shown_host",
]
