"""Makes an encoder's folder from a model package's raw weights, without torch.

The weights of a BERT sentence model (safetensors) and its tokenizer come from a Python package the operator installed;
out comes what `OnnxEncoder` reads: model.onnx, tokenizer.json, encoder.json.  Made at set-up, never committed.
Refused: models that are not plain BERT with mean pooling, weights that are not float32, a graph that does not give
what a forward pass in NumPy gives.
"""

import hashlib
import json
import math
import os
import shutil
import struct
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from thuchu.matching.encoder import ENCODER_FILE, GRAPH_FILE, TOKENIZER_FILE, EncoderError, OnnxEncoder

FloatArray = npt.NDArray[np.float32]

# The opset that has LayerNormalization (17) and Gelu (20) as single operators; every onnxruntime since 1.17 runs it.
OPSET = 20
# ONNX file format 9 goes with opset 20; a newer number would only shut out older runtimes.
IR_VERSION = 9
# all-MiniLM-L6-v2 was trained on texts cut here; beyond it the vectors blur.
TOKENS_MAX = 128
# Two orders of summation in float32 over six layers differ by about 2e-7; a wrong graph differs by more than 1e-2.
DIFFERENCE_MAX = 1e-5
# A safetensors header is some kilobytes; the limit keeps a damaged length field from filling the memory.
HEADER_BYTES_MAX = 10_000_000

CHECK_SENTENCES = (
    "Drinking hot lemon water does not cure cancer.",
    "The post office will never ask you to pay a customs fee by text message.",
    "ok",
    "",
    "A long message, forwarded many times over, about a storm that is said to arrive on Saturday night. " * 12,
)


@dataclass(frozen=True, slots=True)
class BertShape:
    """The sizes of a BERT encoder: layers, attention heads, width of a token's vector, epsilon of its layer norms."""

    layers: int
    heads: int
    width: int
    epsilon: float


def build(
    source_folder: Path, target_folder: Path, *, name: str = "all-MiniLM-L6-v2", languages: Sequence[str] = ("en",)
) -> OnnxEncoder:
    """Write the encoder's folder, check it against a NumPy forward pass, put it in place at once; return it opened.

    source_folder  holds config.json, model.safetensors, tokenizer.json (a package's `model` folder)
    target_folder  made with its parents; a folder that is there is replaced, and only once the new one is proved
    name           stands in front of the digest of weights and tokenizer, which makes the encoder's identity
    raises         EncoderError, saying which file and what about it; the target is then as it was before
    """
    shape = _read_shape(source_folder)
    weights = read_safetensors(_present(source_folder, "model.safetensors"))
    target_folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = target_folder.with_name(f".{target_folder.name}-{uuid.uuid4().hex}")
    scratch.mkdir()
    try:
        shutil.copyfile(_present(source_folder, "tokenizer.json"), scratch / TOKENIZER_FILE)
        write_graph(weights, shape, scratch / GRAPH_FILE)
        description = {
            "name": f"{name}@{_digest(source_folder)}",
            "languages": sorted(languages),
            "dimension": shape.width,
            "tokens_max": TOKENS_MAX,
        }
        (scratch / ENCODER_FILE).write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
        _prove(scratch, weights, shape)
        _put_in_place(scratch, target_folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return OnnxEncoder(target_folder)


def read_safetensors(path: Path) -> dict[str, FloatArray]:
    """The float32 tensors of a safetensors file: 8 bytes of header length, a JSON header, raw little-endian rows.

    raises  EncoderError for a file that is cut off, or whose float tensors are not float32
    source  the format's description, version 0.4; integer tensors (position numbers) are left out
    """
    raw = path.read_bytes()
    header, start = _read_header(path, raw)
    tensors: dict[str, FloatArray] = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"].startswith("I"):
            continue
        if entry["dtype"] != "F32":
            raise EncoderError(f"{path}: tensor {name} is {entry['dtype']}, only F32 is read here.")
        first, end = (start + offset for offset in entry["data_offsets"])
        count = math.prod(entry["shape"])
        if end > len(raw) or end - first != 4 * count:
            raise EncoderError(f"{path}: tensor {name} does not fit into the file: install the package again.")
        tensors[name] = np.frombuffer(raw, dtype="<f4", count=count, offset=first).reshape(entry["shape"])
    return tensors


def _read_header(path: Path, raw: bytes) -> tuple[dict[str, Any], int]:
    if len(raw) < 8:
        raise EncoderError(f"{path}: {len(raw)} bytes are no safetensors file: install the package again.")
    length = struct.unpack("<Q", raw[:8])[0]
    if length > min(len(raw) - 8, HEADER_BYTES_MAX):
        raise EncoderError(f"{path}: a header of {length} bytes does not fit: install the package again.")
    try:
        return json.loads(raw[8 : 8 + length]), 8 + length
    except ValueError as error:
        raise EncoderError(f"{path}: its header cannot be read ({error}): install the package again.") from None


def forward(ids: Sequence[int], weights: Mapping[str, FloatArray], shape: BertShape) -> FloatArray:
    """One text's vector by NumPy alone: what the graph is proved against.

    ids      token numbers with the special ones, at most as many as the model has positions
    returns  (width,) float32, length 1
    source   Devlin et al. 2019 (BERT); mean over the tokens and L2 as sentence-transformers pools
    """
    tokens = len(ids)
    state = weights["embeddings.word_embeddings.weight"][list(ids)]
    state = state + weights["embeddings.position_embeddings.weight"][:tokens]
    state = state + weights["embeddings.token_type_embeddings.weight"][0]
    state = _layer_norm(state, weights, "embeddings.LayerNorm", shape.epsilon)
    for layer in range(shape.layers):
        state = _forward_layer(state, weights, f"encoder.layer.{layer}", shape)
    mean = state.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


def _forward_layer(state: FloatArray, weights: Mapping[str, FloatArray], layer: str, shape: BertShape) -> FloatArray:
    def dense(x: FloatArray, part: str) -> FloatArray:
        return np.asarray(x @ weights[f"{layer}.{part}.weight"].T + weights[f"{layer}.{part}.bias"])

    def heads(part: str) -> FloatArray:
        return dense(state, f"attention.self.{part}").reshape(len(state), shape.heads, -1).transpose(1, 0, 2)

    query, key, value = heads("query"), heads("key"), heads("value")
    logits = query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(query.shape[-1]))
    share = np.exp(logits - logits.max(axis=-1, keepdims=True))
    share /= share.sum(axis=-1, keepdims=True)
    seen = (share @ value).transpose(1, 0, 2).reshape(state.shape)
    state = _layer_norm(
        state + dense(seen, "attention.output.dense"), weights, f"{layer}.attention.output.LayerNorm", shape.epsilon
    )
    inner = _gelu(dense(state, "intermediate.dense"))
    return _layer_norm(state + dense(inner, "output.dense"), weights, f"{layer}.output.LayerNorm", shape.epsilon)


def _layer_norm(x: FloatArray, weights: Mapping[str, FloatArray], part: str, epsilon: float) -> FloatArray:
    centred = x - x.mean(axis=-1, keepdims=True)
    scale = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(epsilon))
    return np.asarray(centred / scale * weights[f"{part}.weight"] + weights[f"{part}.bias"])


_erf = np.vectorize(math.erf, otypes=[np.float32])


def _gelu(x: FloatArray) -> FloatArray:
    return np.asarray(x * (0.5 * (1 + _erf(x / math.sqrt(2)))), dtype=np.float32)


def write_graph(weights: Mapping[str, FloatArray], shape: BertShape, path: Path) -> None:
    """Write the model as one ONNX file: `input_ids` (n, tokens) int64 in, `vector` (n, width) float32 of length 1 out.

    There is no attention mask: the encoder pads nothing, so that a text's vector does not depend on its neighbours.
    """
    from onnx import TensorProto, checker, helper, save

    graph = _Graph(weights)
    vector = _draw_pooling(graph, _draw_layers(graph, _draw_embeddings(graph, shape), shape), shape)
    made = helper.make_graph(
        graph.nodes,
        "sentence_vector",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info(vector, TensorProto.FLOAT, ["texts", shape.width])],
        graph.constants,
    )
    model = helper.make_model(made, producer_name="thuchu", opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR_VERSION
    checker.check_model(model)
    save(model, str(path))


class _Graph:
    """Nodes and constants of a graph being drawn; weights become constants under their own names when first used."""

    def __init__(self, weights: Mapping[str, FloatArray]) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._weights = weights

    def node(self, operator: str, inputs: Sequence[str], output: str, **attributes: object) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(operator, list(inputs), [output], name=output, **attributes))
        return output

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        if name not in self._weights:
            raise EncoderError(f"The weights lack {name}: only plain BERT models can be built.")
        return self.constant(name, self._weights[name])

    def dense(self, x: str, part: str) -> str:
        # Stored as (out, in); multiplied as (in, out), so it is turned here once and not at every run.
        if f"{part}.weight" not in self._weights:
            raise EncoderError(f"The weights lack {part}.weight: only plain BERT models can be built.")
        kernel = self.constant(f"{part}.weight", self._weights[f"{part}.weight"].T)
        product = self.node("MatMul", [x, kernel], f"{part}.product")
        return self.node("Add", [product, self.weight(f"{part}.bias")], f"{part}.sum")

    def layer_norm(self, x: str, part: str, epsilon: float) -> str:
        inputs = [x, self.weight(f"{part}.weight"), self.weight(f"{part}.bias")]
        return self.node("LayerNormalization", inputs, f"{part}.normed", axis=-1, epsilon=epsilon)


def _draw_embeddings(graph: _Graph, shape: BertShape) -> str:
    words = graph.node("Gather", [graph.weight("embeddings.word_embeddings.weight"), "input_ids"], "embeddings.words")
    sizes = graph.node("Shape", ["input_ids"], "embeddings.tokens", start=1, end=2)
    zero = graph.constant("zero", np.array([0], dtype=np.int64))
    table = graph.weight("embeddings.position_embeddings.weight")
    positions = graph.node("Slice", [table, zero, sizes, zero], "embeddings.positions")
    placed = graph.node("Add", [words, positions], "embeddings.placed")
    kinds = graph.node("Gather", [graph.weight("embeddings.token_type_embeddings.weight"), zero], "embeddings.kind")
    typed = graph.node("Add", [placed, kinds], "embeddings.typed")
    return graph.layer_norm(typed, "embeddings.LayerNorm", shape.epsilon)


def _draw_layers(graph: _Graph, state: str, shape: BertShape) -> str:
    head_width = shape.width // shape.heads
    graph.constant("split", np.array([0, 0, shape.heads, head_width], dtype=np.int64))
    graph.constant("join", np.array([0, 0, shape.width], dtype=np.int64))
    graph.constant("scale", np.array(1 / math.sqrt(head_width), dtype=np.float32))
    for layer in range(shape.layers):
        state = _draw_layer(graph, state, f"encoder.layer.{layer}", shape)
    return state


def _draw_layer(graph: _Graph, state: str, layer: str, shape: BertShape) -> str:
    def heads(part: str, order: list[int]) -> str:
        flat = graph.dense(state, f"{layer}.attention.self.{part}")
        split = graph.node("Reshape", [flat, "split"], f"{layer}.{part}.split")
        return graph.node("Transpose", [split], f"{layer}.{part}.heads", perm=order)

    query, key, value = heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]), heads("value", [0, 2, 1, 3])
    product = graph.node("MatMul", [query, key], f"{layer}.logits.product")
    logits = graph.node("Mul", [product, "scale"], f"{layer}.logits")
    share = graph.node("Softmax", [logits], f"{layer}.share", axis=-1)
    seen = graph.node("MatMul", [share, value], f"{layer}.seen.heads")
    turned = graph.node("Transpose", [seen], f"{layer}.seen.turned", perm=[0, 2, 1, 3])
    joined = graph.node("Reshape", [turned, "join"], f"{layer}.seen")
    attended = graph.node(
        "Add", [state, graph.dense(joined, f"{layer}.attention.output.dense")], f"{layer}.attended.sum"
    )
    state = graph.layer_norm(attended, f"{layer}.attention.output.LayerNorm", shape.epsilon)
    inner = graph.node("Gelu", [graph.dense(state, f"{layer}.intermediate.dense")], f"{layer}.inner")
    grown = graph.node("Add", [state, graph.dense(inner, f"{layer}.output.dense")], f"{layer}.output.sum")
    return graph.layer_norm(grown, f"{layer}.output.LayerNorm", shape.epsilon)


def _draw_pooling(graph: _Graph, state: str, shape: BertShape) -> str:
    tokens = graph.constant("tokens_axis", np.array([1], dtype=np.int64))
    mean = graph.node("ReduceMean", [state, tokens], "mean", keepdims=0)
    return graph.node("LpNormalization", [mean], "vector", axis=-1, p=2)


def _read_shape(source_folder: Path) -> BertShape:
    path = _present(source_folder, "config.json")
    config = json.loads(path.read_text(encoding="utf-8"))
    wanted = {"model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute"}
    for key, value in wanted.items():
        if config.get(key, value) != value:
            raise EncoderError(f"{path}: {key} is {config[key]!r}, only {value!r} can be built.")
    for key in ("num_hidden_layers", "num_attention_heads", "hidden_size", "layer_norm_eps"):
        if key not in config:
            raise EncoderError(f"{path}: {key} is missing: this is no BERT model's configuration.")
    return BertShape(
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        width=config["hidden_size"],
        epsilon=config["layer_norm_eps"],
    )


def _present(folder: Path, file: str) -> Path:
    path = folder / file
    if not path.is_file():
        raise EncoderError(f"{path} is missing: name the folder that holds the model's weights.")
    return path


def _digest(folder: Path) -> str:
    """Twelve hexadecimal digits over all that a vector depends on: sizes, weights, tokenizer, length of the cut.

    Not over the graph's bytes: they may differ between releases of the package that writes them, its vectors don't.
    """
    digest = hashlib.sha256(f"{_read_shape(folder)} {TOKENS_MAX}".encode())
    for file in ("model.safetensors", TOKENIZER_FILE):
        digest.update((folder / file).read_bytes())
    return digest.hexdigest()[:12]


def _prove(folder: Path, weights: Mapping[str, FloatArray], shape: BertShape) -> None:
    encoder = OnnxEncoder(folder)
    got = encoder.encode(CHECK_SENTENCES)
    expected = np.stack([forward(encoder.token_ids(text), weights, shape) for text in CHECK_SENTENCES])
    difference = float(np.abs(got - expected).max())
    if not difference <= DIFFERENCE_MAX:
        raise EncoderError(
            f"The graph's vectors differ from a NumPy forward pass by {difference:.1e}, allowed are "
            f"{DIFFERENCE_MAX:.0e}: this onnxruntime and this model do not go together; nothing was put in place."
        )


def _put_in_place(scratch: Path, target_folder: Path) -> None:
    """Rename the finished folder to its name; stopped between the two renames, the old one stands beside as `.old`."""
    for path in scratch.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    old = target_folder.with_name(f".{target_folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target_folder.exists():
        target_folder.rename(old)
    scratch.rename(target_folder)
    shutil.rmtree(old, ignore_errors=True)
