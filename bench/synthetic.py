"""Invented text with the statistics of Vietnamese and English: as many fact-checks and messages as a benchmark wants.

Words follow a Zipf–Mandelbrot law; Vietnamese words are one or two syllables put together from initials, rimes and
tones, so that syllables, syllable pairs and folded forms repeat as they do in the language.  Means nothing; no line of
it comes from anywhere.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from thuchu.matching import Document

_INITIALS = "b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x"
_RIMES = (
    "a á à ả ã ạ an án àn ản ạn ang áng àng ảng ạng anh ánh ành ảnh ạnh ao áo ào ảo ạo ai ái ài ải ại ay áy ày ảy ạy "
    "ăn ắn ằn ẳn ặn ăng ắng ằng ẳng ặng ân ấn ần ẩn ận âu ấu ầu ẩu ậu ây ấy ầy ẩy ậy e é è ẻ ẹ em én èn ẻn ẹn "
    "ê ế ề ể ệ ên ến ền ển ện ênh ếnh ềnh ểnh ệnh iên iến iền iển iện iêu iếu iều iểu iệu inh ính ình ỉnh ịnh "
    "o ó ò ỏ ọ on ón òn ỏn ọn ong óng òng ỏng ọng ô ố ồ ổ ộ ôn ốn ồn ổn ộn ông ống ồng ổng ộng "
    "ơ ớ ờ ở ợ ơi ới ời ởi ợi "
    "u ú ù ủ ụ ung úng ùng ủng ụng ươi ưới ười ưởi ượi ương ướng ường ưởng ượng ưu ứu ừu ửu ựu uôn uốn uồn uổn uộn "
    "ac ác ạc at át ạt ăt ắt ặt âp ấp ập ich ích ịch iêt iết iệt oc óc ọc ôt ốt ột ươc ước ược ut út ụt"
)
_ENGLISH_PARTS = (
    "ba be bi bo bu ca ce ci co cu da de di do du fa fe fi fo ga ge gi go ha he hi ho ja jo ka ke ki la le li lo lu "
    "ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi wa we wi ya zo "
    "tion ment ing er ed ly al ent ist ous"
)
_WORDS_VI = 40_000
_WORDS_EN = 60_000
_SHARE_VI = 0.7
# Words a part of a fact-check has, least and most.
_TITLE_WORDS = (7, 15)
_CLAIM_WORDS = (10, 35)
_BODY_WORDS = (20, 80)
_BATCH = 5_000

_Words = npt.NDArray[np.str_]


class Language:
    """A vocabulary in order of frequency, and how often each word comes."""

    def __init__(self, code: str, words: list[str]) -> None:
        self.code = code
        self.words: _Words = np.array(words)
        weight = 1 / (np.arange(len(words)) + 2.7)
        self._cumulative = np.cumsum(weight / weight.sum())

    def draw(self, random: np.random.Generator, count: int) -> _Words:
        places = np.searchsorted(self._cumulative, random.random(count))
        drawn: _Words = self.words[np.minimum(places, len(self.words) - 1)]
        return drawn


def languages(seed: int = 1) -> tuple[Language, Language]:
    """Vietnamese and English as invented here; the same for one seed."""
    random = np.random.default_rng(seed)
    syllables = np.array(sorted({initial + rime for initial in _INITIALS.split() for rime in _RIMES.split()}))
    random.shuffle(syllables)
    rank = np.minimum(random.zipf(1.3, (_WORDS_VI * 2, 2)) - 1 + random.integers(0, 800, (_WORDS_VI * 2, 2)), 3_999)
    single = random.random(len(rank)) < 0.25
    pairs = (
        syllables[first] if one else f"{syllables[first]} {syllables[second]}"
        for one, (first, second) in zip(single, rank % len(syllables), strict=True)
    )
    vietnamese = list(dict.fromkeys(pairs))[:_WORDS_VI]
    parts = np.array(_ENGLISH_PARTS.split())
    lengths = random.integers(2, 5, _WORDS_EN * 2)
    drawn = parts[random.integers(0, len(parts), (len(lengths), 4))]
    english = list(dict.fromkeys("".join(row[:n]) for row, n in zip(drawn, lengths, strict=True)))[:_WORDS_EN]
    return Language("vi", vietnamese), Language("en", english)


def documents(count: int, seed: int = 2) -> Iterator[Document]:
    """`count` invented fact-checks with ids "0", "1", …: a title, a claim, two or three sentences of explanation."""
    random = np.random.default_rng(seed)
    for first in range(0, count, _BATCH):
        size = min(_BATCH, count - first)
        is_vietnamese = random.random(size) < _SHARE_VI
        parts = np.stack([random.integers(*bounds, size) for bounds in (_TITLE_WORDS, _CLAIM_WORDS, _BODY_WORDS)])
        for place in range(size):
            language = VIETNAMESE if is_vietnamese[place] else ENGLISH
            lengths = parts[:, place]
            title, claim, body = np.split(language.draw(random, lengths.sum()), np.cumsum(lengths)[:-1])
            yield Document(
                id=str(first + place),
                title=" ".join(title).capitalize(),
                claim=" ".join(claim),
                body=" ".join(body),
                language=language.code,
            )


def message(document: Document, random: np.random.Generator, words: int = 30) -> str:
    """What somebody might send about `document`: `words` words, half from its title and claim, the rest everyday."""
    language = VIETNAMESE if document.language == "vi" else ENGLISH
    own = f"{document.title} {document.claim}".split()
    kept = sorted(random.choice(len(own), min(words // 2, len(own)), replace=False))
    chatter = " ".join(language.draw(random, words)).split()
    return " ".join(([own[place] for place in kept] + chatter)[:words])


VIETNAMESE, ENGLISH = languages()
