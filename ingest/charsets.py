"""Text out of bytes, whatever encoding they are in, and whatever they say that it is."""

from __future__ import annotations

import codecs

# What the web calls an encoding is often the smaller one that it grew from (WHATWG Encoding Standard, 4.2).
GROWN = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Labels of the web and of mail programs that Python has no name for.
LABELS = {
    "windows-874": "cp874",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-mac-roman": "mac-roman",
    "iso-8859-8-i": "iso8859-8",
}
ESCAPES = ("idna", "punycode", "raw-unicode-escape", "unicode-escape")  # of Python's, which no document is in
WESTERN = "cp1252"
# Windows Western text; the bytes that it has no character for are control characters, as browsers have it.
CP1252 = "".join(bytes([n]).decode(WESTERN, "ignore") or chr(n) for n in range(256))


def codec_of(label: str) -> str:
    """The codec for what a file calls its encoding; "" where nobody knows it."""
    label = label.strip().casefold()
    try:
        codec = codecs.lookup(LABELS.get(label, label)).name
        b" ".decode(codec, "replace")  # refused by what is no encoding of text, such as zlib
    except (LookupError, ValueError):
        return ""
    return "" if codec in ESCAPES else GROWN.get(codec, codec)


def text_of(data: bytes, label: str = "") -> str:
    """The text in bytes that are said to be in the encoding `label`.

    UTF-8 and UTF-16 show in the bytes themselves and are trusted above the label; what no label tells is guessed.
    """
    encoding = utf16(data)
    if encoding:
        return data.decode(encoding, "replace")
    codec = codec_of(label)
    # Encodings of seven bits look like ASCII, so that their label is all there is.
    if not data.isascii() or codec in ("", "utf-8"):
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    return decode(data, codec if codec and codec != "utf-8" else guessed(data))


def utf16(data: bytes) -> str:
    """The UTF-16 or UTF-32 that its mark, or the zeros of Latin text, show; "" where there is none."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:65_536]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros and 2 * zeros.count(0) > len(zeros) and sample.count(0) == zeros.count(0):
            return encoding
    return ""


def decode(data: bytes, codec: str) -> str:
    """The text that `codec` makes of them; what it can't read is shown as U+FFFD."""
    if codec == WESTERN:
        return codecs.charmap_decode(data, "replace", CP1252)[0]
    return data.decode(codec, "replace")


def guessed(data: bytes) -> str:
    """The codec of bytes that aren't UTF-8 throughout."""
    return WESTERN
