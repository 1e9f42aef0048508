"""How well forwards are recognised: the share found of texts edited as forwards are, and of other texts taken for one.

    python bench/forwards.py [--texts 2000] [--json]

Invented texts (bench/synthetic.py) of four lengths, each edited in every way below.  `same` must be found, `other` must
not: it is another text about nearly the same thing, the dangerous kind.  No index is needed: sketches are compared.
"""

import argparse
import json
from collections.abc import Callable

import numpy as np

import synthetic
from thuchu.matching.fingerprints import fingerprint, same_forward, sketches
from thuchu.text.folding import strip_accents

_LENGTHS = ((8, 12), (13, 25), (26, 60), (61, 200))
# Texts compared with every other: two thousand times this many pairs.
_STRANGERS = 500
_Words = list[str]


def main() -> None:
    options = _options()
    random = np.random.default_rng(5)
    rows = [row for lengths in _LENGTHS for row in _rows(options.texts, lengths, random)]
    for row in rows:
        print(
            json.dumps(row)
            if options.json
            else f"{row['words']:>8} {row['kind']:6} {row['edit']:26} {row['found']:.4f}"
        )


def _rows(count: int, lengths: tuple[int, int], random: np.random.Generator) -> list[dict[str, object]]:
    texts = [_text(random, *lengths) for _ in range(count)]
    own = sketches([" ".join(text) for text in texts])
    rows = []
    for kind, edits in (("same", _SAME), ("other", _OTHER)):
        for name, edit in edits.items():
            found = [
                bool(same_forward(fingerprint(edit(text, random)), one[None])[0])
                for text, one in zip(texts, own, strict=True)
            ]
            rows.append(_row(lengths, kind, name, float(np.mean(found))))
    asked = [fingerprint(" ".join(_text(random, *lengths))) for _ in range(_STRANGERS)]
    strangers = np.mean([same_forward(each, own) > 0 for each in asked])
    rows.append(_row(lengths, "other", "any two texts", float(strangers)))
    return rows


def _row(lengths: tuple[int, int], kind: str, edit: str, found: float) -> dict[str, object]:
    return {"words": f"{lengths[0]}-{lengths[1]}", "kind": kind, "edit": edit, "found": round(found, 5)}


def _text(random: np.random.Generator, least: int, most: int) -> _Words:
    language = synthetic.VIETNAMESE if random.random() < 0.7 else synthetic.ENGLISH
    length = int(random.integers(least, most + 1))
    return " ".join(language.draw(random, length)).split()[:length]


def _without_accents(words: _Words, random: np.random.Generator) -> str:
    return strip_accents(" ".join(words))


def _shouted(words: _Words, random: np.random.Generator) -> str:
    return "‼️‼️ " + " ".join(words).upper() + " 😱😱🙏"


def _headed(words: _Words, random: np.random.Generator) -> str:
    return "Chuyển tiếp:\n" + " ".join(words)


def _linked(words: _Words, random: np.random.Generator) -> str:
    return " ".join(words) + "\nhttps://bit.example/x7Yz?fbclid=abc"


def _another_phone(words: _Words, random: np.random.Generator) -> str:
    """The text with a number in its middle, as each side has it: compared with the text whose number is masked."""
    middle = len(words) // 2
    number = f"09{random.integers(10_000_000, 99_999_999)}"
    return " ".join([*words[:middle], number, *words[middle:]])


def _placeholder(words: _Words, random: np.random.Generator) -> str:
    middle = len(words) // 2
    return " ".join([*words[:middle], "[số điện thoại]", *words[middle:]])


def _slips(words: _Words, random: np.random.Generator) -> str:
    """One word in twenty-five mistyped, at least one."""
    changed = list(words)
    for place in random.choice(len(words), max(1, len(words) // 25), replace=False):
        changed[place] += "z"
    return " ".join(changed)


def _cut_off(words: _Words, random: np.random.Generator) -> str:
    return " ".join(words[: max(8, round(len(words) * 0.9))])


def _added_sentence(words: _Words, random: np.random.Generator) -> str:
    return " ".join(words) + " nhớ gửi cho mọi người nhé"


def _replaced(words: _Words, random: np.random.Generator, count: int) -> str:
    changed = list(words)
    for place in random.choice(len(words), min(count, len(words)), replace=False):
        changed[place] = f"khác{random.integers(1_000)}"
    return " ".join(changed)


def _one_word(words: _Words, random: np.random.Generator) -> str:
    return _replaced(words, random, 1)


def _one_in_five(words: _Words, random: np.random.Generator) -> str:
    return _replaced(words, random, max(2, len(words) // 5))


def _half(words: _Words, random: np.random.Generator) -> str:
    return " ".join(words[: max(8, len(words) // 2)]) + " " + " ".join(_text(random, 8, max(9, len(words) // 2)))


def _reordered(words: _Words, random: np.random.Generator) -> str:
    return " ".join(random.permutation(words))


_Edit = Callable[[_Words, np.random.Generator], str]
_SAME: dict[str, _Edit] = {
    "accents lost": _without_accents,
    "shouted, emoji": _shouted,
    "forward header": _headed,
    "address added": _linked,
    "phone number in it": _another_phone,
    "placeholder in it": _placeholder,
    "slips, 1 word in 25": _slips,
    "last tenth cut off": _cut_off,
    "sentence added": _added_sentence,
}
_OTHER: dict[str, _Edit] = {
    "one word is another": _one_word,
    "one word in five another": _one_in_five,
    "second half another": _half,
    "same words, other order": _reordered,
}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--texts", type=int, default=2_000)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser.parse_args()


if __name__ == "__main__":
    main()
