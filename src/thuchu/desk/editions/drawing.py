"""Charts of papers: whole in themselves, with colours that a grey printer tells apart."""

from collections.abc import Iterable

from thuchu.desk.charts import Chart, Share

_INK, _LINE = "#1a1a1a", "#3d5a80"
_FILLINGS = ("#3d5a80", "#c8d3e0", "#7d93b0", "#eef1f5", "#22324a")
# Above the highest bar and below the ground stand words.
_ABOVE, _BELOW, _LETTERS = 18, 20, 12
_WHOLE_WIDTH, _WHOLE_HEIGHT, _GAP = 520, 34, 8


def bars(chart: Chart, highest: str, first: str, last: str) -> str:
    """A bar a week; `highest` says what the highest stands for, `first` and `last` where the weeks begin and end."""
    ground = _ABOVE + chart.height
    drawn = "".join(
        f'<rect x="{bar.x:.1f}" y="{_ABOVE + bar.y:.1f}" width="{bar.width:.1f}" height="{bar.height:.1f}"'
        f' fill="{"#ffffff" if bar.kind == "small" else _LINE}" stroke="{_LINE}"/>'
        for bar in chart.bars
    )
    words = (
        f'<text x="0" y="{_LETTERS}" font-size="{_LETTERS}">{_plain(highest)}</text>'
        f'<text x="0" y="{ground + 15}" font-size="{_LETTERS}">{_plain(first)}</text>'
        f'<text x="{chart.width}" y="{ground + 15}" font-size="{_LETTERS}" text-anchor="end">{_plain(last)}</text>'
    )
    lines = f'<path d="M0 {ground}H{chart.width}" stroke="{_INK}"/>'
    return _picture(chart.width, ground + _BELOW, drawn + lines + words)


def whole(now: Iterable[Share], before: Iterable[Share]) -> str:
    """One bar of a hundred in parts; that of the review before below it, where there is one."""
    earlier = tuple(before)
    drawn = _parts(now, 0) + _parts(earlier, _WHOLE_HEIGHT + _GAP)
    return _picture(_WHOLE_WIDTH, _WHOLE_HEIGHT * (2 if earlier else 1) + (_GAP if earlier else 0), drawn)


def _parts(shares: Iterable[Share], y: int) -> str:
    unit = _WHOLE_WIDTH / 100
    return "".join(
        f'<rect x="{each.x * unit:.1f}" y="{y + 0.5}" width="{each.width * unit:.1f}" height="{_WHOLE_HEIGHT - 1}"'
        f' fill="{_FILLINGS[each.filling]}" stroke="{_INK}" stroke-width="0.7"/>'
        for each in shares
    )


def _picture(width: int, height: int, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' fill="{_INK}" font-family="Liberation Serif">{drawn}</svg>'
    )


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
