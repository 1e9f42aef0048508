"""Pictures of a run as SVG, without any library: a note's ratings along the axis, and all notes on the plane.

Shapes differ as well as colours, and every picture says in words what it shows.
"""

from collections.abc import Sequence
from html import escape

import numpy as np

from thuchu.consensus.looking import Explanation, Group
from thuchu.consensus.scores import Scores

_WIDTH, _HEIGHT = 640, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 56, 76
_COLUMN_MAX = 120
# Told apart by people with any colour vision, and by brightness on paper.
_HELPFUL, _SOMEWHAT, _NOT, _INK, _GRID = "#1b7f5c", "#e3c567", "#8c2d3f", "#222222", "#d9d9d9"
# Notes drawn at the most: a picture of a hundred thousand points is no smaller than their table.
POINTS_MAX = 2_000


def _page(title: str, words: str, parts: Sequence[str], height: int = _HEIGHT) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
            'aria-labelledby="title words" font-family="sans-serif" font-size="13">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="words">{escape(words)}</desc>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def _text(x: float, y: float, text: str, *, anchor: str = "middle", size: int = 13, turned: bool = False) -> str:
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{_INK}"{turn}>'
        f"{escape(text)}</text>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = _GRID, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dashed}/>'


def _signed(value: float, digits: int = 2) -> str:
    """With a minus that is as wide as the plus; zero has no sign."""
    text = f"{value:+.{digits}f}"
    return text[1:] if float(text) == 0 else text.replace("-", "−")


def note(explanation: Explanation) -> str:
    """A note's raters from one end of the axis to the other, a column a group, and what the model expects of each."""
    groups = explanation.groups
    bottom, top = _HEIGHT - _BOTTOM, _TOP
    parts = [_text(_LEFT, 24, explanation.title, anchor="start", size=17)]
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = bottom - share * (bottom - top)
        parts += [_line(_LEFT, y, _WIDTH - _RIGHT, y), _text(_LEFT - 8, y + 4, f"{share:.0%}", anchor="end")]
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(groups), 1)
    width = min(0.76 * step, _COLUMN_MAX)
    for number, group in enumerate(groups):
        parts += _column(group, _LEFT + (number + 0.5) * step - width / 2, width, bottom, bottom - top)
    if not groups:
        parts.append(_text(_WIDTH / 2, (top + bottom) / 2, "Too few raters for a picture."))
    parts += [
        _text(_WIDTH / 2, _HEIGHT - 34, "raters by factor: from one side of the axis to the other"),
        _text(18, (top + bottom) / 2, "share of the group", turned=True),
        *_legend(),
    ]
    words = " ".join(explanation.sentences) + " " + " ".join(_in_words(group) for group in groups)
    return _page(explanation.title, words, parts)


def _column(group: Group, x: float, width: float, bottom: float, height: float) -> list[str]:
    many = group.not_helpful + group.somewhat + group.helpful
    parts, y = [], bottom
    for count, colour, name in (
        (group.helpful, _HELPFUL, "helpful"),
        (group.somewhat, _SOMEWHAT, "somewhat"),
        (group.not_helpful, _NOT, "not"),
    ):
        tall = height * count / many
        y -= tall
        if count:
            ink = _INK if colour == _SOMEWHAT else "#ffffff"
            parts += [
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{tall:.1f}" fill="{colour}">'
                f"<title>{count} {name}</title></rect>",
                f'<text x="{x + 8:.1f}" y="{y + tall / 2 + 4:.1f}" fill="{ink}">{count}</text>',
            ]
    expected = bottom - height * group.expected
    parts += [
        _line(x - 4, expected, x + width + 4, expected, "#ffffff").replace("/>", ' stroke-width="5"/>'),
        _line(x - 4, expected, x + width + 4, expected, _INK, "5 3").replace("/>", ' stroke-width="2"/>'),
        _text(x + width / 2, bottom + 18, f"{_signed(group.low)} to {_signed(group.high)}", size=11),
    ]
    return parts


def _in_words(group: Group) -> str:
    return (
        f"Factor {group.low:+.2f} to {group.high:+.2f}: {group.helpful} helpful, {group.somewhat} somewhat, "
        f"{group.not_helpful} not."
    )


def _legend() -> list[str]:
    parts, x = [], float(_LEFT)
    for colour, name in ((_HELPFUL, "helpful"), (_SOMEWHAT, "somewhat"), (_NOT, "not helpful")):
        parts += [
            f'<rect x="{x:.1f}" y="{_HEIGHT - 20}" width="12" height="12" fill="{colour}"/>',
            _text(x + 18, _HEIGHT - 10, name, anchor="start"),
        ]
        x += 30 + 8 * len(name)
    parts.append(_line(x, _HEIGHT - 14, x + 28, _HEIGHT - 14, _INK, "5 3").replace("/>", ' stroke-width="2"/>'))
    parts.append(_text(x + 34, _HEIGHT - 10, "mean rating the model expects", anchor="start"))
    return parts


def notes(scores: Scores, title: str) -> str:
    """All notes by factor and intercept: what sides share upwards, what divides them to either side."""
    there = np.flatnonzero(~np.isnan(scores.intercept))
    shown = there[:: max(-(-len(there) // POINTS_MAX), 1)]
    bottom, top, right = _HEIGHT - _BOTTOM, _TOP, _WIDTH - _RIGHT
    wide = max(float(np.abs(scores.factor[shown]).max(initial=0.6)), 0.6)
    low, high = (float(pick(scores.intercept[shown], initial=edge)) for pick, edge in ((np.min, -0.4), (np.max, 0.6)))

    def at_x(factor: float) -> float:
        return (_LEFT + right) / 2 + factor / wide * (right - _LEFT) * 0.47

    def at_y(intercept: float) -> float:
        return bottom - (intercept - low) / (high - low) * (bottom - top)

    parts = [_text(_LEFT, 24, title, anchor="start", size=17)]
    for intercept in np.arange(np.ceil(low * 5) / 5, high + 1e-9, 0.2).tolist():
        y = at_y(intercept)
        parts += [_line(_LEFT, y, right, y), _text(_LEFT - 8, y + 4, _signed(intercept, 1), anchor="end")]
    for factor in (-0.5, 0.0, 0.5):
        parts += [_line(at_x(factor), top, at_x(factor), bottom), _text(at_x(factor), bottom + 18, _signed(factor, 1))]
    for code in shown.tolist():
        parts.append(_mark(int(scores.status[code]), at_x(scores.factor[code]), at_y(scores.intercept[code])))
    names = {1: "helpful", 0: "needs more ratings", -1: "not helpful"}
    counts = {status: int((scores.status == status).sum()) for status in names}
    x = float(_LEFT)
    for status, name in names.items():
        label = f"{name} ({counts[status]})"
        parts += [_mark(status, x + 6, _HEIGHT - 14), _text(x + 18, _HEIGHT - 10, label, anchor="start")]
        x += 42 + 7.5 * len(label)
    parts += [
        _text(_WIDTH / 2, _HEIGHT - 36, "factor: how much more one side likes it than the other"),
        _text(18, (top + bottom) / 2, "intercept: what all sides like", turned=True),
    ]
    words = ", ".join(f"{counts[status]} {name}" for status, name in names.items())
    return _page(title, f"Notes by factor and intercept: {words}.", parts)


def _mark(status: int, x: float, y: float) -> str:
    if status > 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{_HELPFUL}"/>'
    if status < 0:
        return f'<path d="M{x - 4:.1f} {y - 4:.1f}l8 8m0-8l-8 8" stroke="{_NOT}" stroke-width="2.2" fill="none"/>'
    frame = 'width="7" height="7" fill="none" stroke="#666666" stroke-width="1.4"'
    return f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" {frame}/>'
