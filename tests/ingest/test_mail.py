"""E-mails: headers, text, messages within; attachments are named."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reader import read
from ingest.settings import Limits
from tests import files

SAVED = b"""From: <Saved by Blink>
Subject: Kiln guide
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="x"

--x
Content-Type: text/html; charset=utf-8
Content-Location: https://example.org/

<h1>Heat</h1><p>1,240 degrees.</p>
--x
Content-Type: image/png
Content-Location: https://example.org/a.png

.
--x--
"""


def test_a_message_is_read_with_its_headers_and_the_messages_in_it() -> None:
    document = read(files.mail(), "boat.eml", Limits())
    assert (document.kind, document.title) == ("eml", "Boat inspection")
    headers = "From: Siri <siri@example.org>\n\nTo: crew@example.org\n\nDate: Mon, 03 Mar 2025 10:00:00 +0100"
    assert [(p.label, p.text) for p in document.pages] == [
        ("message", f"Subject: Boat inspection\n\n{headers}\n\nHello,\n\nthe inspector comes on Friday at nine."),
        ('attached message "Old quote"', "Subject: Old quote\n\nThe old quote was 900 euro."),
    ]
    assert document.warnings == ('Attached "list.pdf" is not read: it is damaged, or not a PDF at all.',)


def test_a_message_of_html_alone_is_read_as_text() -> None:
    message = EmailMessage()
    message["Subject"] = "Fees"
    message.set_content("<p>Mooring costs <b>twelve</b> crowns.</p><script>x</script>", subtype="html")
    assert read(bytes(message), "a.eml", Limits()).pages[0].text == "Subject: Fees\n\nMooring costs twelve crowns."


def test_a_web_page_saved_in_one_file_is_its_text_alone() -> None:
    document = read(SAVED, "kiln.mhtml", Limits())
    assert [(p.label, p.text) for p in document.pages] == [('section "Heat"', "Heat\n\n1,240 degrees.")]
    assert (document.title, document.warnings) == ("Kiln guide", ())


@given(st.binary(max_size=400))
def test_any_bytes_that_are_called_a_message_make_a_document(data: bytes) -> None:
    from ingest.mail import read_mail

    assert read_mail(data, "a.eml", Limits(), None, lambda _: None).pages


def test_where_the_plain_text_is_blank_the_html_is_read() -> None:
    made = EmailMessage()
    made["Subject"] = "Fees"
    made.set_content(" \n")
    made.add_alternative("<p>Mooring costs twelve crowns.</p>", subtype="html")
    assert read(bytes(made), "a.eml", Limits()).pages[0].text == "Subject: Fees\n\nMooring costs twelve crowns."


def test_texts_before_and_after_a_picture_are_both_read() -> None:
    made = EmailMessage()
    made["Subject"] = "Jetty"
    made.set_content("The planks before the storm:")
    made.make_mixed()
    made.add_attachment(files.png(files.written()), maintype="image", subtype="png", filename="jetty.png")
    after = EmailMessage()
    after.set_content("They need new bolts.")
    made.attach(after)
    document = read(bytes(made), "a.eml", Limits(ocr=False))
    assert [page.text for page in document.pages] == [
        "Subject: Jetty\n\nThe planks before the storm:\n\nThey need new bolts."
    ]
    assert len(document.warnings) == 1  # of the picture


def test_the_text_after_an_attached_message_stays_with_its_own() -> None:
    inner, after, made = EmailMessage(), EmailMessage(), EmailMessage()
    inner["Subject"], made["Subject"] = "Old quote", "Fwd"
    inner.set_content("900 euro.")
    made.set_content("See below.")
    after.set_content("Sent by the harbour list.")
    made.add_attachment(inner)
    made.attach(after)
    assert [page.text for page in read(bytes(made), "a.eml", Limits()).pages] == [
        "Subject: Fwd\n\nSee below.\n\nSent by the harbour list.",
        "Subject: Old quote\n\n900 euro.",
    ]


def test_what_is_attached_to_a_signed_message_is_read() -> None:
    signed, content = EmailMessage(), EmailMessage()
    content.set_content("The list is attached.")
    content.add_attachment("East, North.", filename="berths.txt")
    signed["Subject"], signed["Content-Type"] = "Berths", "multipart/signed"
    signed.attach(content)
    assert [page.label for page in read(bytes(signed), "a.eml", Limits()).pages] == [
        "message",
        'attached "berths.txt"',
    ]


@pytest.mark.parametrize("wrapped", [False, True])
def test_what_is_attached_to_one_of_two_versions_is_read(wrapped: bool) -> None:
    """Apple Mail writes alternative[plain, mixed[html, file]]."""
    rich, made, outer = EmailMessage(), EmailMessage(), EmailMessage()
    rich.set_content("<p>The list is attached.</p>", subtype="html")
    rich.add_attachment("East, North.", filename="berths.txt")
    made.set_content("The list is attached.")
    made.make_alternative()
    made.attach(rich)
    outer["Subject"] = "Berths"
    outer["Content-Type"] = "multipart/mixed"
    outer.attach(made)
    if not wrapped:
        made["Subject"] = "Berths"
    document = read(bytes(outer if wrapped else made), "a.eml", Limits())
    assert [(page.label, page.text.strip()) for page in document.pages] == [
        ("message", "Subject: Berths\n\nThe list is attached."),
        ('attached "berths.txt"', "East, North."),
    ]


@pytest.mark.parametrize(
    ("label", "codec"),
    [("charset=iso-8859-1", "cp1252"), ("charset=us-ascii", "utf-8"), ("format=flowed", "utf-8"), ("", "cp1252")],
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_text_is_read_in_its_own_encoding_whatever_it_is_called(kind: str, label: str, codec: str) -> None:
    head = f"Subject: Price\nMIME-Version: 1.0\nContent-Type: text/{kind}; {label}\nContent-Transfer-Encoding: 8bit\n\n"
    data = head.encode() + "Hyran är €500 – “fast”.".encode(codec)
    assert read(data, "a.eml", Limits()).pages[0].text == "Subject: Price\n\nHyran är €500 – “fast”."


def twins(plain: str, html: str) -> str:
    made = EmailMessage()
    made["Subject"] = "Offer"
    made.set_content(plain)
    made.add_alternative(html, subtype="html")
    pages = read(bytes(made), "a.eml", Limits()).pages
    return "\n\n".join(page.text for page in pages).removeprefix("Subject: Offer").strip()


OFFER = "<h1>Offer</h1><p>The rent is €900 from June.</p><table><tr><td>Order<td>Day<tr><td>4711<td>Friday</table>"
OFFERED = "Offer\n\nThe rent is €900 from June.\n\nOrder | Day\n\nOrder: 4711; Day: Friday"


def test_html_that_says_what_the_plain_text_does_not_is_read_too() -> None:
    stub = "Your e-mail program does not support HTML; view this message in a browser, please."
    assert twins(stub, OFFER) == f"{stub}\n\n{OFFERED}"
    assert twins("The offer", OFFER) == OFFERED


def test_a_plain_text_that_says_what_the_html_does_is_read_alone() -> None:
    plain = "The offer from June:\nrent 900, order 4711 on Friday.\n--\nSent from my telephone"
    assert twins(plain, OFFER) == plain
    assert twins("契約は三年間\n有効です。", "<p>契約は三年間有効です。</p>") == "契約は三年間\n有効です。"
    assert twins("Plain.", "<div>" * 20_000 + "deep") == "Plain."


CALENDAR = """BEGIN:VCALENDAR
BEGIN:VTIMEZONE
DTSTART:19701025T030000
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY;LANGUAGE=en:Budget review\\, second
  round
DTSTART;TZID="Europe/Berlin":20240305T090000
DTEND:20240305T100000Z
LOCATION:Room 5
BEGIN:VALARM
SUMMARY:Alarm
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20240306
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("alone", [False, True])
def test_the_place_and_time_of_an_invitation_are_read(alone: bool) -> None:
    made = EmailMessage()
    made["Subject"] = "Invitation"
    made.set_content(*((CALENDAR, "calendar") if alone else ("You are invited.",)))
    if not alone:
        made.add_alternative(CALENDAR, subtype="calendar")
    event = (
        "Meeting: Budget review, second round\nBegins: 2024-03-05 09:00 (Europe/Berlin)\n"
        "Ends: 2024-03-05 10:00 UTC\nPlace: Room 5\n\nBegins: 2024-03-06"
    )
    text = read(bytes(made), "a.eml", Limits()).pages[0].text
    assert text == "\n\n".join(["Subject: Invitation", *([] if alone else ["You are invited."]), event])
