"""Files made by hand for the tests: PDF with any letters, pictures that lie about their size."""

import io
import struct
import zlib

from PIL import Image


def pdf(lines: list[str], title: str = "") -> bytes:
    """One page with `lines`, in a font that is not embedded but says which letters its glyphs are."""
    letters = sorted(set("".join(lines)))
    glyph = {letter: number for number, letter in enumerate(letters, start=1)}
    shown = "".join(
        f"1 0 0 1 50 {750 - 20 * row} Tm <{''.join(f'{glyph[letter]:04x}' for letter in line)}> Tj\n"
        for row, line in enumerate(lines)
    )
    pairs = [f"<{glyph[letter]:04x}> <{letter.encode('utf-16-be').hex()}>" for letter in letters]
    maps = "".join(
        f"{len(pairs[at : at + 100])} beginbfchar\n" + "\n".join(pairs[at : at + 100]) + "\nendbfchar\n"
        for at in range(0, len(pairs), 100)
    )
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{maps}endcmap end end"
    )
    return pdf_of_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F 5 0 R >> >> >>",
            stream(f"BT /F 12 Tf\n{shown}ET".encode()),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Chu /Encoding /Identity-H "
            b"/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Chu /DW 500 /FontDescriptor 9 0 R "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
            stream(to_unicode.encode()),
            b"<< /Title <feff" + title.encode("utf-16-be").hex().encode() + b"> >>",
            b"<< /Type /FontDescriptor /FontName /Chu /Flags 4 /FontBBox [0 0 500 700] /ItalicAngle 0 "
            b"/Ascent 700 /Descent 0 /CapHeight 700 /StemV 80 >>",
        ],
        info=8,
    )


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), more, content)


def pdf_of_objects(objects: list[bytes], info: int = 1) -> bytes:
    """A PDF file of numbered objects, the first of which is its catalogue."""
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        info,
        len(written),
    )
    return written + head + table + end


def packed_bomb_pdf(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes of drawing."""
    content = zlib.compress(b"0 0 m 1 1 l S\n" * (megabytes * 75_000), 9)
    return pdf_of_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream(content, b"/Filter /FlateDecode "),
        ]
    )


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes that declares any size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    points = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


def picture(form: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", exif: dict[int, object] | None = None):
    """A small real picture, red, with the notes a camera writes."""
    kept = io.BytesIO()
    red = {"RGB": (200, 30, 30), "RGBA": (200, 30, 30, 0), "L": 90, "P": 1, "CMYK": (0, 200, 200, 30), "1": 1}[mode]
    image = Image.new(mode, size, red)
    notes = image.getexif()
    notes.update(exif or {})
    image.save(kept, form, exif=notes)
    return kept.getvalue()
