"""Text out of bytes, whatever encoding they are in, and whatever they say that it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from unicodedata import category

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
# What is told by its alphabets, one a language, the first that fits: Latin letters, few of them beyond ASCII.
ALPHABETS = {
    WESTERN: (
        "äöüßéàè", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "áàâãçéêíóôõú", "àéèìíîòóùú", "àçéèíïóòúü", "éëïóöüáèê",
        "åäöæøéü", "áðéíóúýþæö",
    ),
    "cp1250": (
        "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ",
    ),
    "cp1254": ("çğıöşüâîû",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    "mac-roman": ("äöüßéàè", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "åäöæøéü"),
}  # fmt: skip
# What is told by its runs of bytes beyond ASCII, and how often its characters follow each other.
SCRIPTS = "cp1251 koi8_r cp866 cp1253 cp1255 cp1256 cp874 cp932 euc_jp gb18030 big5 cp949".split()
NAMES = {
    WESTERN: "Windows Western",
    "cp1250": "Windows Central European",
    "cp1254": "Windows Turkish",
    "cp1257": "Windows Baltic",
    "mac-roman": "Mac Western",
    "cp1251": "Windows Cyrillic",
    "koi8_r": "Cyrillic (KOI8-R)",
    "cp866": "DOS Cyrillic",
    "cp1253": "Windows Greek",
    "cp1255": "Windows Hebrew",
    "cp1256": "Windows Arabic",
    "cp874": "Windows Thai",
    "cp932": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC-JP)",
    "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big5)",
    "cp949": "Korean",
}
SAMPLE = 200_000  # bytes that an encoding is guessed from
TAIL = 2_000  # bytes of these that it may be cut in, so that it ends where a character does
WITHIN_ONE = bytes(range(0x30, 256))  # bytes that may stand within a character
UTF8 = 4  # bytes that are UTF-8 for each that isn't; of Chinese text in GB 18030 it is one for one by chance
ASCII = bytes(range(128))
BEYOND = re.compile(rb"[\x80-\xff]")
RUN = re.compile(rb"[\x80-\xff]{3,}")
MARKED = ("utf-32", "utf-16")  # what a mark at the beginning shows
SYMBOLS = "ªºµƒ"  # that count as letters, and stand beside words of any language
WITHIN = re.compile(r"[a-z][^\x00-\x7f\w’‘–—‑\xad·­]+[a-z]|[a-z][¹²³¼½¾ªº][a-z]", re.IGNORECASE)
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
        return MARKED[0]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return MARKED[1]
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
    """The codec that bytes which aren't all UTF-8 are most likely in."""
    first = BEYOND.search(data)
    sample = data[first.start() : first.start() + SAMPLE] if first else b""
    if len(sample) > 2 * TAIL:  # it may end within a character, where no encoding has a space or a line feed
        sample = sample[:-TAIL] + (sample[-TAIL:].rstrip(WITHIN_ONE) or sample[-TAIL:])
    beyond = len(sample.translate(None, ASCII))
    wrong = len(sample) - len(sample.decode("utf-8", "ignore").encode())
    if beyond - wrong >= UTF8 * wrong:
        return "utf-8"
    if 2 * sum(map(len, RUN.findall(sample))) > beyond:
        return _of_another_script(sample)
    return next((codec for codec, alphabets in ALPHABETS.items() if _fits(decode(sample, codec), alphabets)), WESTERN)


def _of_another_script(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(SCRIPTS)).best()
    return best.encoding if best and best.encoding in SCRIPTS else WESTERN


def _fits(text: str, alphabets: Sequence[str]) -> bool:
    """True where one alphabet has all letters of the text that English lacks, and no word has a symbol within."""
    letters = {c for c in text.lower() if c > "\x7f" and (c.isalpha() or category(c) == "Cc") and c not in SYMBOLS}
    return any(letters.issubset(alphabet) for alphabet in alphabets) and not WITHIN.search(text)
