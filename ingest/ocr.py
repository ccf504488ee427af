"""Optical character recognition: the lines of text in a picture, and where each of their words stands.

RapidOCR finds and reads the lines with PaddleOCR's models, which come in its package: nothing is ever
fetched.  This module adds what a page needs besides: text that stands sideways or upside down, a place for
every word, and a sign of life after each line, since a dense page takes seconds.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .nouns import Page, Word
from .numbers import some

if TYPE_CHECKING:
    from numpy import ndarray

    Picture = ndarray[Any, Any]

MODELS = {"Det": "PP-OCRv6_det_small", "Rec": "PP-OCRv6_rec_small", "Cls": "ch_ppocr_mobile_v2.0_cls_mobile"}
LONGEST = 1_800  # pixels of a sheet's longer side: 150 an inch on A4, which 6 point type needs
FINDER = 1_280  # pixels of the longer side that lines are looked for in: as many are found as in all, in half the time
TALLEST = 2  # times as high as wide; a screenshot of a long page is higher, and read in strips
PIXELS = 40e6  # of a sheet, its strips together
THREADS = 4  # more gain little on one line of text
SHARE = 0.8  # of the time for one file; what is left then is named instead of read
UNSURE = 0.8  # confidence of a page below which a person is told to check
SURE = 0.5  # confidence below which a line is taken for a drawing
TALL = 1.5  # times as high as wide: the line runs down or up the picture
INK = 50  # of 255: what differs so much from a line's paper
VOTERS = 12  # the longest lines decide whether the text is upside down
CLEAR = 24  # of 255: a picture with less contrast is an empty sheet
# A word for marking is what stands between spaces; scripts without spaces are marked character by character.
ALONE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
WORD = re.compile(rf"[{ALONE}]|[^\s{ALONE}]+")

Point = tuple[float, float]
Rect = tuple[float, float, float, float]
Corners = tuple[Point, Point, Point, Point]  # of a line as it is read: top left, top right, bottom right, bottom left


@dataclass(frozen=True, slots=True)
class Found:
    """One line that was read: its text, how sure (0 to 1), its corners and its words.

    A word is `text[start:end]` of it; places are in pixels from the picture's top left.
    """

    text: str
    confidence: float
    corners: Corners
    words: tuple[Word, ...]


def scale_for(width: float, height: float, finest: float) -> float:
    """Pixels a unit at which a sheet of this size is read, at most `finest`."""
    side = max(width, min(height, TALLEST * width))  # what is longer still is read in strips
    return min(LONGEST / side, finest, math.sqrt(PIXELS / (width * height)))


def lines_of(
    picture: Picture, tick: Callable[[], None] = lambda: None, known: Callable[[Rect], bool] = lambda _: False
) -> list[Found]:
    """The lines of text in `picture` (height by width by BGR, bytes), from top to bottom as the finder gives them.

    `tick` is called before each; what it raises goes through.  A line that is `known` by its rectangle (left,
    top, right, bottom) is left out unread: reading is what takes the time.
    """
    found: list[Found] = []
    for top, bottom in strips(picture):

        def seen(box: Picture, top: int = top) -> bool:
            (x0, y0), (x1, y1) = box.min(axis=0).tolist(), box.max(axis=0).tolist()
            return known((x0, y0 + top, x1, y1 + top))

        found += (_lower(line, top) for line in _lines_of(picture[top:bottom], tick, seen))
    return found


def strips(picture: Picture) -> list[tuple[int, int]]:
    """The picture in strips (top, bottom) for the finder, cut through rows without ink if there are any."""
    height, width = picture.shape[:2]
    size = TALLEST * width
    cuts = [0]
    while height - cuts[-1] > 1.5 * size:
        # From the lower part of the strip, the middle of the highest stretch of rows all of one colour.
        first = cuts[-1] + size // 2
        band = picture[first : cuts[-1] + size].astype("int16")
        plain = (band.max(axis=(1, 2)) - band.min(axis=(1, 2)) < CLEAR).tolist()
        length, start = _longest(plain)
        cuts.append(first + (start + length // 2 if length else len(plain)))
    return list(pairwise([*cuts, height]))


def _longest(true: Sequence[bool]) -> tuple[int, int]:
    """Length and start of the longest run of true values; (0, 0) where there is none."""
    best, at = (0, 0), 0
    for i, value in enumerate([*true, False]):
        if not value:
            best = max(best, (i - at, at))
            at = i + 1
    return best if best[0] else (0, 0)


def _lower(line: Found, by: int) -> Found:
    """The line moved down."""
    a, b, c, d = ((x, y + by) for x, y in line.corners)
    return replace(line, corners=(a, b, c, d), words=tuple(w._replace(y0=w.y0 + by, y1=w.y1 + by) for w in line.words))


def _lines_of(picture: Picture, tick: Callable[[], None], known: Callable[[Picture], bool]) -> list[Found]:
    if int(picture.max()) - int(picture.min()) < CLEAR:
        return []
    engine = _engine()
    tick()
    boxes = engine(picture, use_det=True, use_cls=False, use_rec=False).boxes
    boxes = [] if boxes is None else [box for box in boxes if not known(box)]
    if not boxes:
        return []
    crops = [_crop(picture, box) for box in boxes]
    turned = _upside_down(engine, crops)
    found = []
    for crop, corners, tall in crops:
        tick()
        if turned[tall]:
            crop, corners = crop[::-1, ::-1].copy(), (corners[2], corners[3], corners[0], corners[1])
        read = engine(crop, use_det=False, use_cls=False, use_rec=True, return_word_box=True)
        text = read.txts[0] if read.txts else ""
        # A rule or a frame is read as a stroke: "_", "|".
        if any(map(str.isalnum, text)) and read.scores[0] >= SURE:
            info = read.word_results[0]
            columns = [column for columns in info.word_cols for column in columns]
            words = placed(text, columns, info.line_txt_len, corners, _clear(crop))
            found.append(Found(text, float(read.scores[0]), corners, words))
    return found


def unsure(pages: Iterable[Page]) -> list[str]:
    """What is said of the pages that were recognised with little certainty, if there are any."""
    found = [page.number for page in pages if page.origin == "ocr" and page.confidence < UNSURE]
    if not found:
        return []
    return [f"{some('Page', found)} could be recognised with little certainty; check what is quoted from there."]


def late(numbers: Sequence[int]) -> list[str]:
    """What is said of the pages that were not recognised in time, if there are any."""
    if not numbers:
        return []
    return [
        f"The time for one file was over before {some('page', numbers)} could be recognised; "
        "raise FOOTNOTE_MAX_TOTAL_SECONDS, and add the file again."
    ]


@cache
def _engine() -> Any:
    """RapidOCR with the models of its package; loading takes a second, so it is kept."""
    import cv2
    import rapidocr
    from rapidocr.inference_engine.onnxruntime.main import OrtInferSession

    def options(settings: Any) -> Any:
        """RapidOCR's options, with threads that sleep between two lines: to spin costs half as much again."""
        made = plain(settings)
        made.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return made

    sessions: Any = OrtInferSession
    plain = sessions._init_sess_opts  # it has no setting for it
    sessions._init_sess_opts = staticmethod(options)
    cv2.setNumThreads(1)
    models = Path(rapidocr.__file__).with_name("models")
    threads = {"intra_op_num_threads": min(THREADS, os.cpu_count() or 1), "inter_op_num_threads": 1}
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_preprocess_img": False,  # a picture comes in the right size, and a line as it is
            "Global.text_score": SURE,
            "Det.limit_type": "max",
            "Det.limit_side_len": FINDER,
            **{f"EngineConfig.onnxruntime.{key}": value for key, value in threads.items()},
            **{f"{stage}.model_path": str(models / f"{name}.onnx") for stage, name in MODELS.items()},
        }
    )


def _crop(picture: Picture, box: Picture) -> tuple[Picture, Corners, bool]:
    """A line cut out and set upright, its corners in the picture as it is read, and whether it was tall."""
    from rapidocr.utils.process_img import get_rotate_crop_image

    crop = get_rotate_crop_image(picture, box.astype("float32"))
    a, b, c, d = ((float(x), float(y)) for x, y in box)
    width, height = _distance(a, b) or 1.0, _distance(a, d)
    # The cut turns a tall line a quarter to the left: what was its right side is its top.
    return (crop, (b, c, d, a), True) if height / width >= TALL else (crop, (a, b, c, d), False)


def _upside_down(engine: Any, crops: Sequence[tuple[Picture, Corners, bool]]) -> dict[bool, bool]:
    """Whether the tall lines, and whether the others, stand on their heads: the longest of them vote."""
    turned = {}
    for tall in (False, True):
        longest = sorted((c for c, _, t in crops if t is tall), key=lambda c: -int(c.shape[1]))[:VOTERS]
        votes = [engine(c, use_det=False, use_cls=True, use_rec=False).cls_res[0][0] == "180" for c in longest]
        turned[tall] = 2 * sum(votes) > len(votes)
    return turned


def placed(
    text: str, columns: Sequence[int], count: float, corners: Corners, clear: Sequence[bool] = ()
) -> tuple[Word, ...]:
    """The words of a line, from the column (of `count` along it) in which each character was recognised.

    `clear` says of each column of pixels whether it is free of ink: there words end and begin.
    """
    visible = [i for i, c in enumerate(text) if not c.isspace()]
    if len(visible) != len(columns) or not columns or count <= 0:
        return (Word(0, len(text), *_around(corners, 0.0, 1.0)),)
    centre = {i: (column + 0.5) / count for i, column in zip(visible, columns, strict=True)}
    words = [found.span() for found in WORD.finditer(text)]
    starts, ends = [0.0] * len(words), [1.0] * len(words)
    for i, ((_, end), (start, _)) in enumerate(pairwise(words)):
        ends[i], starts[i + 1] = _gap(centre[end - 1], centre[start], clear)
    return tuple(Word(start, end, *_around(corners, starts[i], ends[i])) for i, (start, end) in enumerate(words))


def _gap(left: float, right: float, clear: Sequence[bool]) -> tuple[float, float]:
    """The widest stretch free of ink between the middles of two characters; where there is none, half-way."""
    first = round(left * len(clear))
    width, start = _longest(clear[first : round(right * len(clear))])
    if not width:
        return (left + right) / 2, (left + right) / 2
    return (first + start) / len(clear), (first + start + width) / len(clear)


def _clear(crop: Picture) -> list[bool]:
    """Of each column of a line's picture: whether nothing in it differs from the paper."""
    import numpy

    grey = crop.mean(axis=2)
    free: list[bool] = (abs(grey - numpy.median(grey)) < INK).all(axis=0).tolist()
    return free


def _around(corners: Corners, start: float, end: float) -> tuple[float, float, float, float]:
    """The rectangle around the part of a line from `start` to `end`, both in shares of its length."""
    a, b, c, d = corners
    start, end = min(max(start, 0.0), 1.0), min(max(end, 0.0), 1.0)
    points = [_between(a, b, start), _between(a, b, end), _between(d, c, start), _between(d, c, end)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _between(p: Point, q: Point, share: float) -> Point:
    return p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share


def _distance(p: Point, q: Point) -> float:
    return float(((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5)
