"""A wire without a web: gives the pages that a test laid out, so that any room can have evidence captured."""

from thuchu.desk.evidence.fetch import Fetched
from thuchu.desk.evidence.refusals import FetchRefused, NameUnknown


class FakeWire:
    """`pages` holds for each address a body, a Fetched, or what is raised; any other address has no site."""

    def __init__(self, pages: dict[str, bytes | Fetched | FetchRefused] | None = None) -> None:
        self.pages = dict(pages or {})
        self.asked: list[str] = []

    def fetch(self, address: str) -> Fetched:
        self.asked.append(address)
        page = self.pages.get(address, NameUnknown(host=address.split("/")[2]))
        if isinstance(page, FetchRefused):
            raise page
        return page if isinstance(page, Fetched) else fetched(address, page)


def fetched(
    address: str, body: bytes, *, content_type: str = "text/html", charset: str = "utf-8", final_address: str = ""
) -> Fetched:
    """A page as a wire brings it."""
    return Fetched(
        address=address,
        final_address=final_address or address,
        status=200,
        content_type=content_type,
        charset=charset,
        body=body,
    )
