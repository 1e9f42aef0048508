"""A desk on which every field of every door was filled with personal data: python every_field.py HOME.

Says as JSON which fields took it, and what the desk answered.  Three rounds:

    every address, whoever opens it, with every field its page reads      most are refused, none may be kept
    every form that takes something, with one field of it planted         as a form of another browser would come
    every text that is taken, with all five kinds of data in it           what is kept stands there covered
"""

import ast
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "accounts"), str(TESTS / "web")]
# What every planted text says besides: so that a search which finds nothing can be seen to search.
WITNESS = "Kim Quy"
_FIRST = 100_001
_READERS = {"typed", "clean", "number", "numbers", "number_of", "ticked", "get", "getlist"}


class Planted:
    """Personal data that stands nowhere else: five kinds of it, with one number a field."""

    def __init__(self):
        self.secrets = {}

    def secret(self, where):
        """What was planted there, as it may never be found again."""
        if where not in self.secrets:
            n = _FIRST + len(self.secrets)
            self.secrets[where] = [f"0912{n}", f"mau{n}@thu.example", f"079203{n}", f"1903456{n}", f"nguyen.mau.{n}"]
        return self.secrets[where]

    def kept_sealed(self):
        """An address that is taken as it is, and that the desk alone can read."""
        address = "an.doi.tra.loi@thu.example"
        self.secrets["the address an asker left"] = [address]
        return address

    def words(self, where):
        """A text that people might type, with all of it in."""
        phone, mail, paper, account, profile = self.secret(where)
        beginning = f"{WITNESS} kể chuyện này, ai cần thì gọi {phone}, thư {mail}, căn cước {paper}, "
        return beginning + f"stk {account} Techcombank, xem facebook.com/{profile} nhé bà con trong xóm"

    def short(self, where):
        """The same for a field that takes few letters."""
        phone, mail, *_ = self.secret(where)
        return f"{WITNESS} {phone} {mail}"

    def choices(self, where, name):
        """What a field may be sent that is a choice, a number, a code or an address."""
        phone, mail, paper, _, profile = self.secret(where)
        if name in ("address", "next"):
            yield from (f"https://www.facebook.com/{profile}", f"https://thu.example/?sdt={phone}", f"/lien-he/{mail}")
        yield from (phone, f"mau-{paper}")


@dataclass(frozen=True)
class Form:
    """A form that is taken as it stands.

    who     the name of a person of the desk; "" for a visitor
    texts   its fields of text: each is planted; a name ending in "?" takes few letters
    rest    its other fields
    status  what the desk answers; 422 where a text with personal data is refused, not covered
    """

    route: str
    numbers: tuple = ()
    who: str = ""
    texts: tuple = ()
    rest: dict = field(default_factory=dict)
    status: int = 303


def fields_read(module):
    """(reader, name) of every field that a page's module reads, from its source."""
    tree = ast.parse(Path(sys.modules[module].__file__).read_text("utf-8"))
    found = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        reader, _, of = reversed(ast.unparse(call.func).rpartition("."))
        if reader not in _READERS or of not in ("", "request.GET", "request.POST", "request.FILES"):
            continue
        names = [word.value for word in call.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
        found |= {(reader, name) for name in names if name}
        found |= {(reader, f"more_{name}") for name in names if reader == "ticked"}
    return found


def main():
    os.environ["THUCHU_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    os.environ["THUCHU_ADDRESS"] = "http://localhost:8000"
    os.environ["THUCHU_CHECKS_PER_MINUTE"] = "10000"
    # Nobody listens there: letters are written and wait.
    os.environ["THUCHU_SMTP_URL"] = "smtp+plain://127.0.0.1:1"
    import django

    django.setup()
    from planting import Planting

    sys.stdout.write(json.dumps(Planting(Planted()).all_of_it()))
    sys.stdout.flush()
    # As if killed: SQLite would take its journal away, and what stands in it would go unseen.
    os._exit(0)


if __name__ == "__main__":
    main()
