"""Makes pictures anew, in the child process of `reader`: upright, small, without what their camera wrote into them."""

import base64
import io
import sys
import warnings
from typing import Any

from PIL import Image, ImageOps

from thuchu.desk.evidence.reader import NotReadable, PictureTooLarge, answer

# A photo of a modern telephone has 12 to 50 million points; more is a map, or a bomb.
PICTURE_PIXELS_MAX = 50_000_000
# Enough to read a photographed page of print.
PICTURE_SIDE_MAX = 2_400
PICTURE_QUALITY = 88
PICTURE_FORMS = ("JPEG", "PNG", "WEBP")


def warm_up() -> None:
    """Loads the three forms' plug-ins, which are files, while opening is still possible."""
    for form in PICTURE_FORMS:
        kept = io.BytesIO()
        Image.new("RGB", (1, 1)).save(kept, form)
        Image.open(kept, formats=PICTURE_FORMS).load()


def read_picture(body: bytes, _charset: str) -> dict[str, Any]:
    """The picture made anew: upright, at most PICTURE_SIDE_MAX a side, without what its camera wrote into it."""
    Image.MAX_IMAGE_PIXELS = PICTURE_PIXELS_MAX
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        picture = Image.open(io.BytesIO(body), formats=PICTURE_FORMS)
        picture.draft("RGB", (PICTURE_SIDE_MAX, PICTURE_SIDE_MAX))
        picture.thumbnail((PICTURE_SIDE_MAX, PICTURE_SIDE_MAX))
        upright = _flat(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, OverflowError):
        raise NotReadable from None
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=PICTURE_QUALITY)
    encoded = base64.b64encode(kept.getvalue()).decode("ascii")
    return {"title": "", "text": "", "picture": encoded, "width": upright.width, "height": upright.height}


def _flat(picture: Image.Image) -> Image.Image:
    """The points alone, on white: a new picture, so that nothing of the old one's notes comes along."""
    with_alpha = picture.convert("RGBA")
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return flat


READERS = dict.fromkeys(("image/jpeg", "image/png", "image/webp"), read_picture)

if __name__ == "__main__":
    sys.exit(answer(READERS, warm_up))
