"""Which language a text is in, or an honest "cannot be told": from its letters, its everyday words, its syllables.

Good enough to choose how a text is analysed and in which language to reply; no more is promised.  Vietnamese is
recognised without its accents, too.  The word lists are function words of each language, written for this project.
"""

import re

from thuchu.text.folding import fold_word

# What is looked at: a language shows itself in the first lines.
_CHARS_MAX = 2_000
# A language needs this many everyday words, and this lead over the next, before it is named.
_EVIDENCE_MIN = 1.0
_LEAD_MIN = 0.4
# What a word is worth that is merely shaped like a Vietnamese syllable.  Many English words are, too.
_SYLLABLE_WORTH = 0.12

_WORD = re.compile(r"[^\W\d_]+")
# Letters that no other language of the table writes.  One word with them among eight settles it.
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]")
_VIETNAMESE_SHARE_MIN = 0.125
# Rime and ending of a Vietnamese syllable without its accents.
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?"
    "(?:oai|oay|uay|uoi|uou|ieu|yeu|uye|uya|uyu|oao|oeo|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uy|uu|ye|[aeiouy])"
    "(?:ng|nh|ch|[cmnpt])?"
)
# Scripts that one language of the table, or one family, writes alone.
_SCRIPTS = (
    ("th", "\u0e00", "\u0e7f"),
    ("lo", "\u0e80", "\u0eff"),
    ("my", "\u1000", "\u109f"),
    ("km", "\u1780", "\u17ff"),
    ("ja", "\u3040", "\u30ff"),
    ("zh", "\u4e00", "\u9fff"),
    ("ko", "\uac00", "\ud7a3"),
    ("ru", "\u0400", "\u04ff"),
    ("el", "\u0370", "\u03ff"),
    ("he", "\u0590", "\u05ff"),
    ("ar", "\u0600", "\u06ff"),
    ("hi", "\u0900", "\u097f"),
    ("bn", "\u0980", "\u09ff"),
    ("ta", "\u0b80", "\u0bff"),
)

# Counting letters script by script is left to texts that hold any letter beyond the Latin ones.
_NOT_LATIN = re.compile("[\u0370-\u1dff\u2c00-\ua6ff\ua800-\ufaff]")

# Everyday words, folded.  A word in two lists counts for both.
_EVERYDAY = {
    "vi": """khong ko la cua co cho nguoi duoc dc trong mot cac nhung va voi nay khi den tu bi de se da dang rat nhieu
        ra vao len xuong di ve lam gi sao the nao nhu hay nhe nha oi ban minh toi anh chi em con chau bac cong ty tien
        ngay thang nam gio phut nuoc nha viec phai thi ma neu vi cung chi moi hon nhat dau day kia ai tin dung uong an
        mua ban gui nhan goi so dien thoai hoi biet noi nghe thay tren duoi truoc sau ngoai giua theo bang qua cam benh
        vien thuoc tre dan xa huyen tinh thanh pho viet bac si lua dao chuyen khoan tai mang vay roi luon chua nua""",
    "en": """the of and to in is that it for was on are as with be by this have from at or not but his they you we he
        she her their has had will would can could who when where which how why if about there been were an said says
        says do does did just all more out up so no my your me our its than then over after before because get got""",
    "pt": """o os um uma de do da dos das em no na nos nas que nao para por com se mais como mas foi ao aos ele ela seu
        sua ou ser quando muito ja esta eu tambem pelo pela ate isso voce sao tem foram era pessoas""",
    "es": """el la los las un una de del en que y no se por con para su es lo como mas pero sus le ya este si porque
        esta entre cuando muy sin sobre tambien me hasta hay donde quien desde todo nos fue son han persona""",
    "fr": """le la les un une des de du en et est que qui dans pour pas sur ce il elle au aux avec ne se son sa ses par
        plus mais ou nous vous je cette sont etre fait ont a ete tout leur comme""",
    "de": """der die das und in zu den mit von ist im fur nicht ein eine einen auf dem des sich auch es an als nach wie
        bei aus wird sind oder aber hat ich wir sie er man noch nur uber vor""",
    "it": """il lo la gli le un una di del della dei in che e non per con si piu come ma sono da al alla nel nella su
        anche questo questa ha ho hanno stato dal ci se loro essere""",
    "nl": """de het een en van in is dat op te voor met niet zijn die er aan ook als maar om bij of naar uit dan nog wel
        wordt hebben heeft deze door over worden""",
    "id": """yang dan di ini itu dengan untuk tidak dari dalam akan pada juga ke karena ada oleh saya kami mereka anda
        sudah bisa atau seperti adalah telah orang tersebut lebih bahwa""",
    "tl": """ang ng sa na mga ay at si ni ko mo ito hindi para kung may siya ako ka din rin lang naman pero dahil""",
    "tr": """ve bir bu da de icin ile cok daha gibi ne var olan olarak ama her kadar sonra diye mi o ben degil en""",
    "pl": """i w na z nie do sie ze to jest o jak po za od co ale przez dla czy juz tak jego ktory sa oraz""",
    "ro": """si de la in cu nu pe un o ca sa din este care mai pentru au fost sunt ce ale prin""",
}
_LISTS = {language: frozenset(words.split()) for language, words in _EVERYDAY.items()}
_LANGUAGES_OF = {
    word: tuple(language for language, known in _LISTS.items() if word in known)
    for word in frozenset().union(*_LISTS.values())
}


def detect(text: str) -> str:
    """The BCP 47 code of the language `text` is mostly in, "" when it cannot be told.

    Among Latin scripts: vi, en, pt, es, fr, de, it, nl, id, tl, tr, pl, ro.  Any other script names its main language.
    """
    words = _WORD.findall(text[:_CHARS_MAX].lower())
    if not words:
        return _by_script(text[:_CHARS_MAX])
    other_script = _by_script("".join(words)) if _NOT_LATIN.search(text) else ""
    if other_script:
        return other_script
    accented = sum(1 for word in words if _VIETNAMESE.search(word))
    if accented >= max(1, _VIETNAMESE_SHARE_MIN * len(words)):
        return "vi"
    return _by_words([fold_word(word) for word in words])


def _by_script(letters: str) -> str:
    """The language of the script most of the letters are in; "" for Latin."""
    counts = {name: sum(1 for letter in letters if first <= letter <= last) for name, first, last in _SCRIPTS}
    name, count = max(counts.items(), key=lambda item: item[1])
    # Japanese mixes its own letters with Chinese ones.
    if name == "zh" and counts["ja"] > count / 10:
        name = "ja"
    return name if count > len(letters) / 3 else ""


def _by_words(words: list[str]) -> str:
    scores = dict.fromkeys(_LISTS, 0.0)
    shaped = 0
    for word in words:
        known = _LANGUAGES_OF.get(word, ())
        for language in known:
            scores[language] += 1
        if known in ((), ("vi",)) and _SYLLABLE.fullmatch(word):
            shaped += 1
    scores["vi"] += _SYLLABLE_WORTH * shaped
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (best, evidence), (_, next_best) = ranked[0], ranked[1]
    if evidence < max(_EVIDENCE_MIN, 0.08 * len(words)) or evidence - next_best < _LEAD_MIN:
        return ""
    return best
