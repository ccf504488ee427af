"""Pictures: recognised, sized, drawn."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from ingest import budget, ocr, picture
from ingest.errors import PictureError, ReadError
from ingest.reader import read
from ingest.render import render_page
from ingest.settings import Limits
from tests import files

SHEET = files.written("Return books to the red box.")


def test_a_picture_is_a_page_in_points_with_its_words_on_it() -> None:
    document = read(files.png(SHEET, dpi=(144, 144)), "box.png", Limits())
    (page,) = document.pages
    assert (document.kind, page.text, page.origin) == ("image", "Return books to the red box.", "ocr")
    assert (page.width, page.height) == (500, 200)
    (box,) = page.boxes(0, len(page.text))
    assert (box.x0, box.y0) == pytest.approx((30, 32), abs=5)


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter to the right to see it upright
    data = files.png(SHEET.rotate(90, expand=True), "JPEG", exif=exif, quality=95)
    (page,) = read(data, "photo.jpg", Limits()).pages
    assert (page.width, page.height) == (500, 200)
    assert page.text == "Return books to the red box."


def test_each_frame_of_a_tiff_is_a_page() -> None:
    data = files.png(SHEET, "TIFF", save_all=True, append_images=[Image.new("RGB", (100, 50), "white")])
    document = read(data, "fax.tiff", Limits())
    assert [p.text for p in document.pages] == ["Return books to the red box.", ""]
    assert document.warnings == ("No text can be read on page 2.",)


def test_what_is_transparent_is_paper() -> None:
    sheet = Image.new("RGBA", SHEET.size, (0, 0, 0, 0))
    sheet.paste(SHEET, mask=SHEET.convert("L").point(lambda v: 255 - v))
    assert read(files.png(sheet), "a.png", Limits()).pages[0].text == "Return books to the red box."


def test_the_page_is_drawn_at_the_scale_asked_for_or_within_the_limit() -> None:
    data = files.png(SHEET, dpi=(144, 144))
    with Image.open(io.BytesIO(render_page(data, 1, scale=1.0, limits=Limits()))) as drawn:
        assert drawn.size == (500, 200)
    with Image.open(io.BytesIO(render_page(data, 1, scale=4.0, limits=Limits(megapixels=0.1)))) as drawn:
        assert drawn.size == (500, 200)
    with pytest.raises(ReadError, match="page 2 cannot be shown"):
        render_page(data, 2, scale=1.0, limits=Limits())


def test_with_recognition_switched_off_a_picture_is_refused() -> None:
    with pytest.raises(PictureError, match="switched off with FOOTNOTE_OCR"):
        read(files.png(SHEET), "a.png", replace(Limits(), ocr=False))


def test_a_damaged_picture_and_one_too_large_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    data = files.png(SHEET)
    with pytest.raises(ReadError, match="damaged"):
        read(data[:200], "a.png", Limits())
    monkeypatch.setattr(picture, "MOST", 0.1)
    with pytest.raises(ReadError, match=r"1000 by 400 pixels, more than the limit of 0\.1 megapixels"):
        read(data, "a.png", Limits())


def tiff(*sheets: Image.Image) -> bytes:
    first, *rest = sheets
    return files.png(first, "TIFF", save_all=True, append_images=rest)


def test_pages_of_a_tiff_that_are_not_recognised_in_time_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    read_before = picture.ocr.lines_of

    def lines_of(pixels: ocr.Picture, tick: Callable[[], None]) -> list[ocr.Found]:
        found = read_before(pixels, tick)
        monkeypatch.setattr(budget.time, "monotonic", lambda: math.inf)
        return found

    monkeypatch.setattr(ocr, "lines_of", lines_of)
    document = read(tiff(SHEET, SHEET, SHEET), "fax.tiff", Limits())
    assert [(p.number, p.text) for p in document.pages] == [(1, "Return books to the red box."), (2, ""), (3, "")]
    assert document.warnings == (
        "The time for one file was over before pages 2 and 3 could be recognised; "
        "raise FOOTNOTE_MAX_TOTAL_SECONDS, and add the file again.",
    )


def test_a_later_frame_of_a_tiff_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST", 0.1)
    data = tiff(Image.new("RGB", (100, 50), "white"), SHEET)
    with pytest.raises(ReadError, match="1000 by 400 pixels, more than the limit"):
        read(data, "fax.tiff", Limits())


def test_a_page_of_a_tiff_is_drawn_without_decoding_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = []
    load = TiffImageFile.load

    def counted(self: TiffImageFile) -> object:
        decoded.append(self.tell())
        return load(self)

    data = tiff(SHEET, Image.new("RGB", (100, 50), "white"), Image.new("RGB", (200, 300), "white"))
    monkeypatch.setattr(TiffImageFile, "load", counted)
    with Image.open(io.BytesIO(render_page(data, 3, scale=2.0, limits=Limits()))) as drawn:
        assert drawn.size == (200, 300)
    assert set(decoded) == {2}


def test_a_bitmap_is_drawn_though_nothing_tells_its_name() -> None:
    with Image.open(
        io.BytesIO(render_page(files.png(SHEET, "BMP", dpi=(144, 144)), 1, scale=1.0, limits=Limits()))
    ) as drawn:
        assert drawn.size == (500, 200)
