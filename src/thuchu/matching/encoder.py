"""Texts to vectors, where an operator chose to have them: the promise, and one implementation that reads a folder.

Never needed: matching works without.  Nothing is downloaded here; onnxruntime and tokenizers (`thuchu[semantic]`)
are imported only when an encoder is opened.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from thuchu.text.forms import normalise

FloatArray = npt.NDArray[np.float32]

GRAPH_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
ENCODER_FILE = "encoder.json"

# No text of 128 tokens that means anything is longer; tokenising a megabyte to throw it away takes a second.
TEXT_CHARS_MAX = 5_000

MAKE_ONE = "`thuchu semantic build` makes one (docs/semantic.md)"


class EncoderError(Exception):
    """An encoder's folder, model or package cannot be used; the message says what is wrong and what mends it."""


class Encoder(Protocol):
    """Texts to unit vectors whose dot product says how alike two texts are in meaning.

    languages  codes it was trained for ("en"); outside of them a high cosine means nothing, and nobody should ask
    dimension  length of a vector
    name       identity of model, tokenizer and cut: two encoders of one name give the same vectors; vectors kept under
               another name must be made again
    """

    @property
    def languages(self) -> frozenset[str]: ...

    @property
    def dimension(self) -> int: ...

    @property
    def name(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One row a text, in order: (len(texts), dimension) float32, each of length 1 within 1e-5.

        same      a text's row has the same bits alone, beside any others, and in any order (on one machine)
        any text  empty, long, of another script, with lone surrogates: a row all the same; what lies beyond the
                  model's length is not seen
        threads   may share one encoder
        raises    nothing for any `str`; TypeError for one `str` in place of a sequence
        """
        ...


class OnnxEncoder:
    """An encoder read from a folder: model.onnx, tokenizer.json, encoder.json (name, languages, dimension, tokens_max).

    The graph takes `input_ids` (n, tokens) and gives (n, dimension), pooled and normalised.  Every text runs alone:
    in a batch a text's last bits depend on its company (9e-8 measured, even without padding), and a batch of 32 is
    only a third faster.
    """

    def __init__(self, directory: Path, threads: int = 1) -> None:
        """Open the folder; half a second, 200 MB of memory for a model of 90 MB.

        threads  texts that are encoded at once; 1 leaves the other cores to other requests
        raises   EncoderError where a file or package is missing, damaged, or the graph's width is another
        """
        description = _read_description(directory)
        self._languages: frozenset[str] = frozenset(description["languages"])
        self._dimension: int = description["dimension"]
        self._name: str = description["name"]
        self._tokenizer = _open_tokenizer(directory / TOKENIZER_FILE, description["tokens_max"])
        self._session = _open_session(directory / GRAPH_FILE)
        self._threads = threads
        width = self._session.get_outputs()[0].shape[-1]
        if width != self._dimension:
            raise EncoderError(
                f"{directory}: {GRAPH_FILE} gives vectors of {width}, {ENCODER_FILE} says {self._dimension}: "
                f"the two are not of one make; {MAKE_ONE}."
            )

    @property
    def languages(self) -> frozenset[str]:
        return self._languages

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def name(self) -> str:
        return self._name

    def encode(self, texts: Sequence[str]) -> FloatArray:
        if isinstance(texts, str):
            raise TypeError("encode takes a sequence of texts, got one str: put it into a list.")
        if self._threads == 1 or len(texts) <= 1:
            rows = [self._encode_one(text) for text in texts]
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                rows = list(pool.map(self._encode_one, texts))
        return np.array(rows, dtype=np.float32).reshape(len(rows), self._dimension)

    def _encode_one(self, text: str) -> FloatArray:
        ids = np.array([self.token_ids(text)], dtype=np.int64)
        row: FloatArray = self._session.run(None, {"input_ids": ids})[0][0]
        return row

    def token_ids(self, text: str) -> list[int]:
        """The token numbers the graph is given for `text`, special ones included, cut to the model's length."""
        ids: list[int] = self._tokenizer.encode(normalise(text[:TEXT_CHARS_MAX])).ids
        return ids


def _read_description(directory: Path) -> dict[str, Any]:
    missing = [file for file in (ENCODER_FILE, GRAPH_FILE, TOKENIZER_FILE) if not (directory / file).is_file()]
    if missing:
        raise EncoderError(f"{directory} is no encoder's folder, it lacks {', '.join(missing)}; {MAKE_ONE}.")
    path = directory / ENCODER_FILE
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise EncoderError(f"{path} cannot be read ({error}); {MAKE_ONE}.") from None
    kinds = {"name": str, "languages": list, "dimension": int, "tokens_max": int}
    for key, kind in kinds.items():
        if not isinstance(description, dict) or not isinstance(description.get(key), kind):
            raise EncoderError(f"{path}: {key!r} must be there as {kind.__name__}; {MAKE_ONE}.")
    return dict(description)


def _open_tokenizer(path: Path, tokens_max: int) -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError:
        raise _package_missing("tokenizers") from None
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the package raises bare Exception for every fault of the file
        raise EncoderError(f"{path} cannot be read ({error}); {MAKE_ONE}.") from None
    tokenizer.no_padding()
    tokenizer.enable_truncation(tokens_max)
    return tokenizer


def _open_session(path: Path) -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise _package_missing("onnxruntime") from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Errors reach us as exceptions; the runtime's own warnings would go to the server's standard error.
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's exceptions share no public base class
        raise EncoderError(f"{path} cannot be loaded ({error}); {MAKE_ONE}.") from None


def _package_missing(package: str) -> EncoderError:
    return EncoderError(
        f"The Python package {package} is not installed: `pip install 'thuchu[semantic]'`, or leave the encoder out."
    )
