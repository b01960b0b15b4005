"""Where lines stand on a picture, what they say, and which way up they are: rapidocr's models. Its only user.

The models and what is done before and after them are rapidocr's; how they are run is not. A line is read by
itself: tensors of several long lines are beyond the processor's caches, and six of them at once cost twice
what they cost one by one. Nor does a line then read otherwise for what else stands on the page. Memory is
kept from page to page instead of being asked for anew, and a thread that waits does not spin.

Pictures are arrays height × width × 3 of bytes, red first; the models take blue first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from rapidocr_onnxruntime.ch_ppocr_cls import TextClassifier
from rapidocr_onnxruntime.ch_ppocr_det import TextDetector
from rapidocr_onnxruntime.ch_ppocr_rec import TextRecognizer
from rapidocr_onnxruntime.main import DEFAULT_CFG_PATH
from rapidocr_onnxruntime.utils import OrtInferSession, read_yaml, update_model_path

from extractor.sources.scan_image import Picture

Corners = np.ndarray[Any, np.dtype[np.float32]]  # 4 × 2, pixels, clockwise from the top left

LONGEST, SHORTEST = 2000, 736  # pixels of the sides of the picture on which lines are sought
STRIDE = 32  # of the net that finds them
LOOSE = 0.08  # of its height that a line is cut out higher on either side; the net takes the narrower picture
UPRIGHT = 1.5  # height to width of a line that is set from top to bottom
ASKED = 7  # lines of a page, its longest, that are asked which way up they are
SURE = 0.9


class Session(OrtInferSession):  # type: ignore[misc]
    """A model of rapidocr's, run as said above."""

    @staticmethod
    def _init_sess_opts(config: dict[str, Any]) -> Any:
        options = OrtInferSession._init_sess_opts(config)
        options.enable_cpu_mem_arena = True
        options.enable_mem_pattern = False  # saves a little time for twice the memory
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return options


class _Models(NamedTuple):
    detector: Any
    classifier: Any
    recogniser: Any


def settings() -> dict[str, Any]:
    """rapidocr's own settings of its models, with the models' places."""
    found: dict[str, Any] = update_model_path(read_yaml(DEFAULT_CFG_PATH))
    return found


@cache
def _models() -> _Models:
    config = settings()
    detector, classifier = TextDetector(config["Det"]), TextClassifier(config["Cls"])
    recogniser = TextRecognizer(config["Rec"] | {"rec_batch_num": 1})
    detector.infer, classifier.infer = Session(config["Det"]), Session(config["Cls"])
    recogniser.session = Session(config["Rec"])
    return _Models(detector, classifier, recogniser)


def lines_on(picture: Picture) -> list[Corners]:
    """The corners of the lines on a picture, from the top down."""
    detector, size = _models().detector, picture.shape[:2]
    boxes, _ = detector.postprocess_op(detector.infer(_prepared(picture))[0], size)
    found = detector.filter_tag_det_res(boxes, size)
    return sorted(found, key=lambda corners: (float(corners[0][1]), float(corners[0][0])))


def _prepared(picture: Picture) -> Any:
    """1 × 3 × height × width, of values −1..1."""
    height, width = picture.shape[:2]
    scale = min(LONGEST / max(height, width), max(1.0, SHORTEST / min(height, width)))
    wide, high = (max(1, round(scale * side / STRIDE)) * STRIDE for side in (width, height))
    small = cv2.resize(picture, (wide, high))
    values = np.ascontiguousarray(small.transpose(2, 0, 1)[None, ::-1], np.float32)
    values /= 127.5
    values -= 1
    return values


def words_in(lines: Sequence[Picture]) -> list[tuple[str, float]]:
    """The words of each picture of one line, and the confidence 0..1."""
    found, _ = _models().recogniser([line[..., ::-1] for line in lines])
    return [(words, float(sure)) for words, sure in found]


def are_upside_down(picture: Picture, lines: Sequence[Corners]) -> bool:
    """Whether most of the longest of these lines of a picture stand on their heads."""
    longest = sorted(lines, key=lambda line: -max(_size(line)))[:ASKED]
    if not longest:
        return False
    _, answers, _ = _models().classifier([cut(picture, lying(line))[..., ::-1] for line in longest])
    return 2 * [label == "180" and sure > SURE for label, sure in answers].count(True) > len(longest)


def is_upright(corners: Corners) -> bool:
    """Whether the line between these corners is set from top to bottom."""
    width, height = _size(corners)
    return height >= UPRIGHT * width


def lying(corners: Corners) -> Corners:
    """The corners as they come to stand when a line that is set from top to bottom is laid down."""
    return np.roll(corners, -1, axis=0) if is_upright(corners) else corners


def cut(picture: Picture, corners: Corners) -> Picture:
    """The line between these corners, made level."""
    width, height = _size(corners)
    size = round(width), round(height * (1 + 2 * LOOSE))
    level = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    more = LOOSE * (corners[[3, 2, 1, 0]] - corners)  # from each corner to the one below or above it
    matrix = cv2.getPerspectiveTransform((corners - more).astype(np.float32), level)
    return cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _size(corners: Corners) -> tuple[float, float]:
    """Width and height, the longer of opposite edges."""
    top, right, bottom, left = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    return max(top, bottom, 1.0), max(right, left, 1.0)
