"""The fitted numbers, read once: ranking and calibration weights by language family, thresholds of the decision."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from thuchu.matching.features import FEATURES

Floats = npt.NDArray[np.float64]

# Behind a family's name: the weights for messages whose meaning was compared, too.
MEANING_KIND = "+meaning"


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression: inputs by name, what each is worth, the constant, and the two thresholds."""

    inputs: tuple[str, ...]
    weights: Floats
    constant: float
    answer_probability: float
    suggest_probability: float


@cache
def ranking_weights(kind: str) -> Floats:
    """What each feature is worth: (len(FEATURES),), in the order of FEATURES; one not named is worth nothing."""
    file = "meaning.json" if kind.endswith(MEANING_KIND) else "ranking.json"
    named = _read(file)["weights"][kind]
    return np.array([named.get(name, 0.0) for name in FEATURES])


@cache
def calibration(kind: str) -> Calibration:
    """What ships for messages of this kind on a desk that has not answered enough of them to have its own."""
    fitted = _calibrations(kind)["new_desk"]
    return Calibration(
        inputs=tuple(fitted["weights"]),
        weights=np.array(list(fitted["weights"].values())),
        constant=fitted["constant"],
        answer_probability=fitted["answer_probability"],
        suggest_probability=fitted["suggest_probability"],
    )


def usual_desk(kind: str) -> tuple[Mapping[str, float], float]:
    """Weights by input and the constant on desks that answered some hundred messages: where a desk's own begins."""
    fitted = _calibrations(kind)["usual_desk"]
    return fitted["weights"], fitted["constant"]


def _calibrations(kind: str) -> Any:
    by_kind = _read("meaning.json")["calibration"] if kind.endswith(MEANING_KIND) else _read("calibration.json")
    return by_kind[kind]


def fitted_encoder() -> str:
    """The name of the encoder whose cosines the weights of MEANING_KIND were fitted on."""
    name: str = _read("meaning.json")["encoder"]
    return name


def _read(name: str) -> Any:
    return json.loads(files("thuchu.matching").joinpath(name).read_text("utf-8"))
