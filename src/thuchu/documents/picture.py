"""A chart's SVG as PNG, for formats that show no SVG: drawn by typst with the fonts that stand here.

Imported by the child process alone.
"""

import typst

from thuchu.documents.errors import NotDrawn
from thuchu.documents.letters import FAMILY, FOLDER

# As wide as the text of an A4 page with the margins of documents.
WIDTH_MM = 162
# With its heading and the sentence under it, this fits on a page that lies, too.
HEIGHT_MM_MAX = 110
_DOTS_PER_INCH = 200
_PAGE = f"""
#set page(width: auto, height: auto, margin: 0pt)
#set text(font: "{FAMILY}")
#image(bytes(sys.inputs.svg), format: "svg", width: {WIDTH_MM}mm)
"""


def png(svg: str) -> bytes:
    """The same bytes for the same SVG; raises NotDrawn."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
    try:
        made = typst.compile(
            _PAGE.encode(), format="png", font_paths=fonts, ppi=_DOTS_PER_INCH, sys_inputs={"svg": svg}, timestamp=0
        )
    except typst.TypstError as error:
        raise NotDrawn(f"a chart as picture: {error.message}") from None
    return bytes(made)
