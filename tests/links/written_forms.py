"""The ways in which a message may write one address: the test suite and bench/links.py try each of them."""

from collections.abc import Callable

_CYRILLIC = str.maketrans("aeopcyx", "аеорсух")
_GREEK = str.maketrans("oavi", "οανι")
_FULL_WIDTH = {ord("a") + place: chr(0xFF41 + place) for place in range(26)}


def _spread(dot: str) -> Callable[[str], str]:
    return lambda host: host.replace(".", dot)


def _last_dot(dot: str) -> Callable[[str], str]:
    def write(host: str) -> str:
        left, _, right = host.rpartition(".")
        return left + dot + right

    return write


def _inside(char: str) -> Callable[[str], str]:
    """`char` between the first two letters and before the last one."""
    return lambda host: host[:1] + char + host[1:-1] + char + host[-1:]


def _owner_letters(host: str, table: dict[int, str]) -> str:
    """Other letters in all but the last label, so that the name stays one that can exist."""
    left, _, right = host.rpartition(".")
    return left.translate(table) + "." + right


WRITTEN_FORMS: dict[str, Callable[[str], str]] = {
    "plain": lambda host: host,
    "scheme": lambda host: f"https://{host}/",
    "www, path and tracking": lambda host: f"http://www.{host}/dang-nhap?utm_source=zalo&a=1",
    "hxxps": lambda host: f"hxxps://{host}",
    "scheme without colon": lambda host: f"https//{host}",
    "scheme, then a space": lambda host: f"https:// {host}",
    "square brackets": _spread("[.]"),
    "round brackets": _spread("(.)"),
    "curly brackets": _spread("{.}"),
    "dot in brackets": _spread("[dot]"),
    "spaced brackets": _spread(" [.] "),
    "spaced dots": _spread(" . "),
    "the word dot": _spread(" dot "),
    "the word chấm": _spread(" chấm "),
    "the word cham": _spread(" cham "),
    "space before the ending": _last_dot(" ."),
    "space behind the last dot, with scheme": lambda host: "https://" + _last_dot(". ")(host),
    "broken over lines at a dot": lambda host: "https://" + _last_dot(".\n")(host) + "/a",
    "broken over lines in the name": lambda host: f"https://{host[:2]}\n{host[2:]}",
    "zero-width spaces": _inside("\u200b"),
    "soft hyphens": _inside("\u00ad"),
    "full-width letters": lambda host: host.translate(_FULL_WIDTH),
    "ideographic dots": _spread("\u3002"),
    "Cyrillic letters": lambda host: _owner_letters(host, _CYRILLIC),
    "Greek letters": lambda host: _owner_letters(host, _GREEK),
    "capitals": str.upper,
    "www and a space": lambda host: f"www {host}",
    "in brackets, full stop": lambda host: f"(xem {host}).",
    "Markdown": lambda host: f"[bấm vào đây](https://{host}/qua)",
    "port": lambda host: f"http://{host}:8080/a",
    "name before @": lambda host: f"https://vietcombank.com.vn@{host}/",
    "percent-encoded": lambda host: "https://" + "".join(f"%{ord(c):02X}" if c != "." else c for c in host),
    "backslashes": lambda host: f"https:\\\\{host}\\a",
    "dot at the end": lambda host: f"https://{host}./a",
    "letter by letter": " ".join,
    "quotes": lambda host: f"“{host}”",
}
