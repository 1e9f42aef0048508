"""A document as one HTML file: everything escaped, no script, nothing loaded from anywhere.

Charts are pictures inside the file, where no browser runs a script.  The few lines of style make it readable alone;
the desk's own page has its own.
"""

import base64
from html import escape

from thuchu.documents.plain import plain
from thuchu.documents.tree import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Language,
    Paragraph,
    Quote,
    Section,
    Table,
    Terms,
    Text,
    Told,
)
from thuchu.documents.words import say
from thuchu.documents.written import cell, told, with_address

_STYLE = (
    "body{max-width:44rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere;"
    "font:1.05rem/1.6 'Times New Roman','Liberation Serif',serif}"
    "h1{line-height:1.25;margin-bottom:0}h2,h3{line-height:1.3;margin-top:1.8em}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;font-style:italic}"
    "th,td{border-bottom:1px solid #999;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere;"
    "min-width:4.5rem}"
    "td.n{text-align:right}thead th{border-bottom-width:2px}img{max-width:100%;height:auto}"
    "dt{font-weight:bold}dd{margin:0 0 .5rem 1.5rem}"
    "blockquote{border-left:3px solid #999;margin-left:0;padding-left:1rem}"
)


def render(document: Document) -> bytes:
    """The whole file, UTF-8."""
    title = _plain(f"{document.title}: {document.subtitle}")
    return (
        f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body(document)}</main>\n</body>\n</html>\n"
    ).encode()


def body(document: Document) -> str:
    """What stands in the file's main part, for who sets it into a page of their own."""
    language = document.language
    head = [f"<p>{_plain(document.organisation)}<br>{_plain(document.number)}</p>"]
    if document.national_heading:
        head.append(f"<p>{_plain(say('nation', language))}<br>{_plain(say('motto', language))}</p>")
    head += [
        f"<h1>{_plain(document.title)}</h1>",
        f"<p><strong>{_plain(document.subtitle)}</strong></p>",
        f"<p>{_plain(document.place_and_date)}</p>",
        f"<p>{_notice(document.notice)}</p>",
    ]
    parts = [_section(section, level, language) for section, level in document.headings()]
    signed = [f"<p>{_plain(signed.role)}<br>{_plain(signed.name)}</p>" for signed in document.signatures]
    return "\n".join([*head, *parts, *signed]) + "\n"


def _notice(notice: str) -> str:
    words, address = with_address(notice)
    return escape(words) + (f'<a href="{escape(address)}">{escape(address)}</a>' if address else "")


def _section(section: Section, level: int, language: Language) -> str:
    heading = f"<h{level + 1}>{_plain(section.number)}. {_text(section.heading, language)}</h{level + 1}>"
    return "\n".join([heading, *(_block(block, language) for block in section.blocks)])


def _block(block: Block, language: Language) -> str:
    match block:
        case Paragraph(text):
            return f"<p>{_text(text, language)}</p>"
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{_text(item, language)}</li>" for item in items) + "</ul>"
        case Table():
            return _table(block, language)
        case Chart():
            return _chart(block, language)
        case Quote(verbatim, source):
            return (
                f"<figure><blockquote><p>{_text(verbatim, language)}</p></blockquote>"
                f"<figcaption>{_text(source, language)}</figcaption></figure>"
            )
        case Terms(pairs):
            return "<dl>" + "".join(f"<dt>{_plain(a)}</dt><dd>{_text(b, language)}</dd>" for a, b in pairs) + "</dl>"


def _table(table: Table, language: Language) -> str:
    heads = "".join(f'<th scope="col">{_plain(name)}</th>' for name in table.columns)
    rows = "\n".join(_row(row, language) for row in table.rows)
    return (
        # A wide table scrolls in its own box, which a keyboard must reach.
        f'<div class="wide" role="region" tabindex="0" aria-label="{_plain(table.caption)}"><table>'
        f"<caption>{_plain(table.caption)}</caption>"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table></div>"
    )


def _row(row: tuple[Cell, ...], language: Language) -> str:
    first, *rest = row
    cells = "".join(f"<td{' class=n' if isinstance(one, int) else ''}>{_cell(one, language)}</td>" for one in rest)
    return f'<tr><th scope="row">{_cell(first, language)}</th>{cells}</tr>'


def _chart(chart: Chart, language: Language) -> str:
    picture = base64.b64encode(chart.svg.encode()).decode("ascii")
    return (
        f'<figure><img src="data:image/svg+xml;base64,{picture}" alt="{_plain(chart.alt)}">'
        f"<figcaption>{_plain(chart.sentence)}</figcaption></figure>\n{_table(chart.table, language)}"
    )


def _cell(value: Cell, language: Language) -> str:
    return _marked(cell(value, language), language)


def _text(text: Text, language: Language) -> str:
    return _marked(told(text, language), language)


def _marked(text: Told, language: Language) -> str:
    written = escape(text.text).replace("\n", "<br>")
    return written if text.language == language else f'<span lang="{text.language}">{written}</span>'


def _plain(text: str) -> str:
    return escape(plain(text))
