"""What to say about the links of a message: one value an address, in codes and parts, never in words.

Two things only are ever said: "*publisher*'s list names this site" and "this isn't *official host*".  A page makes
the sentence.  Refuses: a verdict about a person, a guess at what lies behind a shortener, fetching anything.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from thuchu.links.address import Address, NotAnAddress, parse_address, shown_host
from thuchu.links.characters import skeleton
from thuchu.links.finding import Place, find_places
from thuchu.links.lists import ListedHosts, Listing
from thuchu.links.lookalike import LookAlike, Reason, look_alike
from thuchu.links.official import OfficialTable

Warned = Literal["listed", "look_alike"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWarning:
    """One address of a message, and what there is to say about it.

    host           as a page may show it: Unicode only where no letter can be taken for another
    warning        "listed", "look_alike", or None when there is nothing to say (which is no praise)
    publisher      whose list names it, "" without; `since` when, where the list says; `listings` all lists that do
    official_host  the host it resembles without being it, "" without; `official_name` its body
    reason         of a look-alike: how it resembles (`lookalike.Reason`); None without
    word, found    what is resembled, and the part of the host that does
    canonical      the address in its one form;  written  as the message has it
    is_shortener   it only forwards elsewhere; nobody looked where
    """

    host: str
    warning: Warned | None
    publisher: str = ""
    since: date | None = None
    listings: tuple[Listing, ...] = ()
    official_host: str = ""
    official_name: str = ""
    reason: Reason | None = None
    word: str = ""
    found: str = ""
    canonical: str
    written: str
    is_shortener: bool


_ORDER: dict[Warned | None, int] = {"listed": 0, "look_alike": 1, None: 2}


def inspect(text: str, listed: ListedHosts, official: OfficialTable) -> tuple[LinkWarning, ...]:
    """Every address in `text` once: listed ones first, then look-alikes, then the rest, each in the text's order.

    Never raises; linear in the length of `text`.
    """
    warnings: dict[str, LinkWarning] = {}
    for place in find_places(text):
        warning = _of_place(place, listed, official)
        if warning:
            warnings.setdefault(warning.canonical, warning)
    return tuple(sorted(warnings.values(), key=lambda warning: _ORDER[warning.warning]))


def inspect_address(address: Address, listed: ListedHosts, official: OfficialTable) -> LinkWarning:
    """What there is to say about one address."""
    return _warning(address, _listings(address, listed, official), look_alike(address, official))


def _of_place(place: Place, listed: ListedHosts, official: OfficialTable) -> LinkWarning | None:
    """The reading of a place that a list names; else the likeliest one, where the place is surely a link."""
    for address in place.readings:
        listings = _listings(address, listed, official)
        if listings:
            return _warning(address, listings, look_alike(address, official))
    first = place.readings[0]
    resembled = look_alike(first, official)
    # "tiki.la" may be a sentence without its space; "tiki-khuyenmai.la" is none.
    if place.is_certain or (resembled and resembled.reason != "wrong_suffix"):
        return _warning(first, (), resembled)
    return None


def _listings(address: Address, listed: ListedHosts, official: OfficialTable) -> tuple[Listing, ...]:
    """The lists that name an address, or the host that an eye reads in it; never a whole official host."""
    found = listed.find(address)
    if not found and not address.unicode_host.isascii():
        found = _listings_as_read(address, listed)
    if official.body_of(address.host):
        return tuple(listing for listing in found if listing.path)
    return found


def _listings_as_read(address: Address, listed: ListedHosts) -> tuple[Listing, ...]:
    try:
        read = parse_address(skeleton(address.unicode_host) + address.path)
    except NotAnAddress:
        return ()
    return listed.find(read)


def _warning(address: Address, listings: tuple[Listing, ...], resembled: LookAlike | None) -> LinkWarning:
    warning: Warned | None = "listed" if listings else "look_alike" if resembled else None
    return LinkWarning(
        host=address.host if warning else shown_host(address),
        warning=warning,
        publisher=listings[0].publisher if listings else "",
        since=listings[0].since if listings else None,
        listings=listings,
        official_host=resembled.official_host if resembled else "",
        official_name=resembled.official_name if resembled else "",
        reason=resembled.reason if resembled else None,
        word=resembled.word if resembled else "",
        found=resembled.found if resembled else "",
        canonical=address.canonical,
        written=address.written,
        is_shortener=address.is_shortener,
    )
