"""A QR code as a drawing inside the page: nothing is asked of another server, nothing is kept."""

import segno
from django.utils.safestring import SafeString, mark_safe


def drawn(text: str) -> SafeString:
    """`text` as an SVG, dark on light in either theme, since many cameras read no other.

    Error correction M: a screen isn't torn, and fewer modules are larger ones.
    """
    picture = segno.make(text, error="m", micro=False).svg_inline(
        omitsize=True, light="#fff", dark="#000", svgclass="qr", lineclass=None
    )
    # Made of numbers by the library; no letter of `text` stands in it.
    return mark_safe(picture)  # noqa: S308
