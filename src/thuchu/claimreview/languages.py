"""A record's language as a BCP 47 primary tag, from the tags and names that publishers write."""

import re

from thuchu.text.folding import fold

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
# Three letters (ISO 639-2, both kinds) where two exist; a tag must use the shorter one (RFC 5646, 2.2.1).
_SHORTER = {
    "ara": "ar", "ben": "bn", "bul": "bg", "bur": "my", "cat": "ca", "ces": "cs", "chi": "zh", "cze": "cs", "dan": "da",
    "deu": "de", "dut": "nl", "ell": "el", "eng": "en", "est": "et", "fas": "fa", "fin": "fi", "fra": "fr", "fre": "fr",
    "ger": "de", "gre": "el", "heb": "he", "hin": "hi", "hrv": "hr", "hun": "hu", "ind": "id", "ita": "it", "jpn": "ja",
    "khm": "km", "kor": "ko", "lao": "lo", "lav": "lv", "lit": "lt", "may": "ms", "msa": "ms", "mya": "my", "nld": "nl",
    "nor": "no", "per": "fa", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "slk": "sk", "slo": "sk",
    "slv": "sl", "spa": "es", "srp": "sr", "swe": "sv", "tam": "ta", "tel": "te", "tha": "th", "tur": "tr", "ukr": "uk",
    "urd": "ur", "vie": "vi", "zho": "zh",
}  # fmt: skip
# Names as schema.org `Language` objects and spreadsheets carry them: English, and the language's own; folded.
_NAMES = {
    "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "burmese": "my", "catalan": "ca", "chinese": "zh",
    "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "tieng anh": "en",
    "filipino": "fil", "finnish": "fi", "french": "fr", "francais": "fr", "tieng phap": "fr", "german": "de",
    "deutsch": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id",
    "bahasa indonesia": "id", "italian": "it", "italiano": "it", "japanese": "ja", "khmer": "km", "korean": "ko",
    "lao": "lo", "malay": "ms", "norwegian": "no", "persian": "fa", "polish": "pl", "polski": "pl",
    "portuguese": "pt", "portugues": "pt", "brazilian portuguese": "pt", "romanian": "ro", "russian": "ru",
    "serbian": "sr", "slovak": "sk", "slovenian": "sl", "spanish": "es", "espanol": "es", "swedish": "sv",
    "tagalog": "tl", "tamil": "ta", "telugu": "te", "thai": "th", "turkish": "tr", "ukrainian": "uk", "urdu": "ur",
    "vietnamese": "vi", "tieng viet": "vi",
}  # fmt: skip


def language_of(text: str) -> str:
    """`vi-VN`, `vie`, `Vietnamese` and `Tiếng Việt` all give `vi`; "" where the language can't be told."""
    name = " ".join(fold(text[:100]).split())
    if name in _NAMES:
        return _NAMES[name]
    tag = _TAG.fullmatch(text.strip()[:35])
    primary = tag[1].lower() if tag else ""
    return "" if primary in {"und", "mul", "zxx"} else _SHORTER.get(primary, primary)
