"""What is attached is read as further pages, labelled with its file's name; what can't be is named with the reason."""

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage

import pytest
from pypdf import PdfWriter

from ingest import attached
from ingest.headings import heading_paths
from ingest.reader import READERS, read
from ingest.settings import Limits
from tests import files
from tests.ingest.drawing import changed, made, words

WITHOUT_OCR = Limits(ocr=False)


def message(*attachments: tuple[str, bytes], text: str = "See what is attached.") -> bytes:
    """An e-mail with these files, (name, bytes), attached to it."""
    mail = EmailMessage()
    mail["Subject"] = "Papers"
    mail.set_content(text)
    for name, data in attachments:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


def places(data: bytes, name: str = "a.eml", limits: Limits = WITHOUT_OCR) -> Sequence[tuple[str, str]]:
    """Label and text of each page."""
    return [(page.label, page.text) for page in read(data, name, limits).pages]


def test_an_attached_pdf_is_read_page_by_page_behind_the_message() -> None:
    contract = made(words("The rent is 900 euro a month."), words("Notice is two whole months."))
    document = read(message(("contract.pdf", contract)), "a.eml", Limits())
    assert [(p.number, p.label, p.text) for p in document.pages] == [
        (1, "message", "Subject: Papers\n\nSee what is attached."),
        (2, 'attached "contract.pdf", page 1', "The rent is 900 euro a month."),
        (3, 'attached "contract.pdf", page 2', "Notice is two whole months."),
    ]
    assert (document.kind, document.title, document.warnings) == ("eml", "Papers", ())


def test_a_page_that_is_only_attached_has_no_places_since_it_cannot_be_drawn() -> None:
    page = read(message(("contract.pdf", made(words("The rent is 900 euro.")))), "a.eml", Limits()).pages[1]
    assert (page.width, page.height, page.boxes(0, 8)) == (0.0, 0.0, [])


def test_an_attachments_own_places_stay_in_its_label() -> None:
    costs = files.workbook({"Costs": [["Item", "Price"], ["Hull", 410]]})
    (_, _), (label, text) = places(message(("costs.xlsx", costs)))
    assert label == 'attached "costs.xlsx", sheet "Costs" rows 1-2'
    assert "410" in text


def test_an_attachments_headings_stand_below_its_name() -> None:
    document = read(message(("plan.md", b"# Scope\n\nOnly the harbour.\n")), "a.eml", Limits())
    page = document.pages[1]
    assert heading_paths(document.headings)(2, page.text.index("Only")) == "plan.md › Scope"


def test_a_file_attached_to_a_pdf_is_read_behind_its_pages() -> None:
    def attach(writer: PdfWriter) -> None:
        writer.add_attachment("fees.csv", b"Berth,Fee\nEast,120\n")

    document = read(changed(made(words("Harbour rules")), attach), "rules.pdf", Limits())
    assert [(p.label, p.text) for p in document.pages] == [
        ("1", "Harbour rules"),
        ('attached "fees.csv", rows 1-2', "Berth | Fee\n\nBerth: East; Fee: 120"),
    ]
    assert document.pages[0].width > 0 == document.pages[1].width


def test_a_message_within_an_attached_message_keeps_its_own_attachment() -> None:
    inner = EmailMessage()
    inner["Subject"] = "Old quote"
    inner.set_content("Here it is.")
    inner.add_attachment(b"The quote was 900 euro.", maintype="text", subtype="plain", filename="quote.txt")
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("See below.")
    outer.add_attachment(inner)
    assert [label for label, _ in places(bytes(outer))] == [
        "message",
        'attached message "Old quote"',
        'attached "quote.txt"',
    ]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("list.pdf", b"%PDF-", "it is damaged, or not a PDF at all."),
        ("all.rar", b"Rar!\x1a\x07\x00", "it is a RAR archive; unpack it, and add what is in it."),
        ("empty.txt", b"", "it is empty."),
        ("blank.txt", b" \n", "it holds no text that can be read."),
        ("locked.pdf", b"", ""),
    ],
)
def test_what_cannot_be_read_is_named_with_its_reason(name: str, data: bytes, reason: str) -> None:
    if name == "locked.pdf":
        data = changed(made(words("Secret")), lambda writer: writer.encrypt("key"))
        reason = "it is protected by a password; save it, and add it by itself."
    document = read(message((name, data)), "a.eml", WITHOUT_OCR)
    assert len(document.pages) == 1
    assert document.warnings == (f'Attached "{name}" is not read: {reason}',)


def test_files_within_files_are_read_to_a_depth_and_named_beyond_it() -> None:
    data = message(("end.txt", b"The end."))
    for n in range(attached.DEEPEST):
        data = message((f"{n}.eml", data))
    document = read(data, "a.eml", WITHOUT_OCR)
    assert len(document.pages) == 1 + attached.DEEPEST
    assert document.warnings == (
        'Attached "end.txt" is not read: it is attached to an attachment, more than 3 deep; '
        "save it, and add it by itself.",
    )


def test_more_attachments_than_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "MOST", 2)
    monkeypatch.setattr(attached, "NAMED", 1)
    document = read(message(*((f"{n}.txt", b"One.") for n in range(5))), "a.eml", WITHOUT_OCR)
    assert len(document.pages) == 3
    assert document.warnings == (
        'Attached "2.txt" is not read: only the first 2 attachments are; save it, and add it by itself.',
        "2 more attachments are not read.",
    )


def test_attachments_together_are_held_to_the_limits_of_one_file() -> None:
    first, second = ("1.txt", b"word " * 400), ("2.txt", b"word " * 400)
    data = message(first, second)
    small = Limits(ocr=False, characters=3_000)
    document = read(data, "a.eml", small)
    assert [p.label for p in document.pages] == ["message", 'attached "1.txt"']
    (warning,) = document.warnings
    assert warning.startswith('Attached "2.txt" is not read: it holds 40')
    assert "FOOTNOTE_MAX_CHARACTERS" in warning


def test_a_picture_without_recognition_is_named() -> None:
    picture = files.png(files.written("Tide table"))
    document = read(message(("tide.png", picture)), "a.eml", WITHOUT_OCR)
    assert document.warnings == (
        'Attached "tide.png" is not read: '
        "it is a picture, and recognising text in pictures is switched off with FOOTNOTE_OCR.",
    )


def test_the_folders_of_an_attachments_name_are_not_shown() -> None:
    (_, (label, _)) = places(message(("C:\\private\\note.txt", b"Short.")))
    assert label == 'attached "note.txt"'


def test_an_attachment_that_its_library_fails_on_is_named_and_the_message_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(files.word())) as whole:
        parts: dict[str, str | bytes] = {name: whole.read(name) for name in whole.namelist()}
    broken = files.archive({**parts, "word/footnotes.xml": "<footnotes"})
    document = read(message(("minutes.docx", broken), ("note.txt", b"Short.")), "a.eml", WITHOUT_OCR)
    assert [page.label for page in document.pages] == ["message", 'attached "note.txt"']
    assert document.warnings == (
        'Attached "minutes.docx" is not read: the reader failed on it (XMLSyntaxError); it may be damaged.',
    )


def test_want_of_memory_for_an_attachment_ends_the_whole_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setitem(READERS, "csv", exhausted)
    with pytest.raises(MemoryError):
        read(message(("fees.csv", b"Berth,Fee\n")), "a.eml", WITHOUT_OCR)
