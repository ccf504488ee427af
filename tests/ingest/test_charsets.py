"""Bytes become the text that was written, whatever they are called."""

import charset_normalizer
import pytest

from ingest import charsets
from ingest.charsets import SAMPLE, codec_of, decode, guessed, text_of

PRICE = "It’s €500 – “fixed”."


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO_8859-1", "latin1", "us-ascii", "windows-1252", "", "no-such"])
def test_what_is_called_latin_1_or_nothing_is_windows_western_text(label: str) -> None:
    assert text_of(PRICE.encode("cp1252"), label) == PRICE


def test_bytes_without_a_character_in_windows_western_text_are_control_characters() -> None:
    assert decode(b"a\x81b\x9d\x80", "cp1252") == "a\x81b\x9d€"


@pytest.mark.parametrize("label", ["us-ascii", "iso-8859-1", "koi8-r", ""])
def test_utf_8_is_trusted_above_what_it_is_called(label: str) -> None:
    assert text_of("Hyran är 9 000 kr".encode(), label) == "Hyran är 9 000 kr"


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("windows-1251", "cp1251", "Цена"),
        ("gb2312", "gb18030", "价格是五百元€"),
        ("Shift_JIS", "cp932", "価格は①です"),
        ("iso-2022-jp", "iso2022_jp", "価格は五百円"),
        ("ks_c_5601-1987", "cp949", "가격은 오백 원"),
        ("iso-8859-8-i", "iso8859_8", "חוזה שכירות"),
        ("windows-874", "cp874", "สัญญาเช่า"),
    ],
)
def test_other_labels_are_read_as_the_web_reads_them(label: str, codec: str, text: str) -> None:
    assert text_of(text.encode(codec), label) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_shows_in_the_bytes(encoding: str) -> None:
    assert text_of("Café 5".encode(encoding), "us-ascii").removeprefix("\ufeff") == "Café 5"


@pytest.mark.parametrize("label", ["", "no-such", "a\0b", "ä", "zlib", "undefined", "idna", "aliases"])
def test_a_label_that_names_no_encoding_of_text_is_none(label: str) -> None:
    assert codec_of(label) == ""
    assert text_of(b"caf\xe9 \\q", label) == "café \\q"


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", "The price is €500."),
        ("cp1252", "Größe: 5 µm"),
        ("cp1252", "L’ÉTÉ À NOËL – DÉJÀ VU. Le loyer s’élève à 900 € par mois, payé d’avance : où est l’œuvre ?"),
        ("cp1252", "La qualità è già più alta: perché così? L’età è di 5 anni."),
        ("cp1252", "¿Cuánto cuesta el alquiler? ¡Señor, el año próximo subirá! Número 3º."),
        ("cp1252", "As condições não são aplicáveis às habitações; ações e pensões de São João."),
        ("cp1252", "Hyran är 9 000 kr för lägenheten i Göteborg. Prisen er høj på Ærø."),
        ("cp1252", "Það þýðir að leigan er níu þúsund krónur á mánuði, og þú greiðir hana fyrirfram."),
        ("cp1252", "Der Preis pro m³ beträgt 5 €; ½ Liter bei 20 °C, ©2024 Señor Müller’s naïve façade."),
        ("cp1250", "Czynsz płatny jest do dziesiątego każdego miesiąca, najpóźniej zaś piętnastego."),
        ("cp1250", "Nájemné činí devět tisíc korun měsíčně a je splatné předem."),
        ("cp1250", "A bérleti díj havonta kilencszáz euró. Az őszi időszakban a fűtés külön költség."),
        ("cp1250", "Ugovor o najmu traje tri godine, a plaća se početkom mjeseca u Županji; šest eura."),
        ("cp1254", "Kiracı şubat ayında çıkış yapacağını bildirmelidir; İstanbul’da kira yüksek."),
        ("cp1257", "Nuoma mokama iš anksto, devyni šimtai eurų per mėnesį, įskaitant šildymą žiemą."),
        ("mac-roman", "Café “quoted” naïve — done"),
        ("cp1251", "Договор аренды. Срок аренды составляет пять лет."),
        ("cp1251", "def total(): return 1  # считает сумму; the rest is English, mostly"),
        ("koi8_r", "Договор аренды. Срок аренды составляет пять лет."),
        ("cp866", "Договор аренды. Срок аренды составляет пять лет."),
        ("cp1253", "Συμφωνητικό μίσθωσης. Η διάρκεια είναι τρία έτη."),
        ("cp1255", "חוזה שכירות. תקופת השכירות היא שלוש שנים."),
        ("cp1256", "عقد الإيجار. مدة الإيجار ثلاث سنوات، والأجرة تدفع مقدما."),
        ("cp874", "สัญญาเช่า ระยะเวลาเช่าสามปี ค่าเช่าเดือนละเก้าพันบาท"),
        ("cp932", "この契約は三年間有効です。賃料は月額十万円とする。"),
        ("euc_jp", "この契約は三年間有効です。賃料は月額十万円とする。"),
        ("gb18030", "本合同有效期为三年。租金为每月五千元。"),
        ("big5", "本合約有效期為三年。租金為每月五千元。"),
        ("cp949", "계약 기간은 삼 년이며 월세는 선불로 지급한다."),
    ],
)
def test_the_encoding_of_bytes_that_say_nothing_of_it_is_guessed(codec: str, text: str) -> None:
    assert (guessed(text.encode(codec)), text_of(text.encode(codec))) == (codec, text)


def test_text_with_a_few_bytes_that_are_not_utf_8_is_utf_8() -> None:
    data = "Die Wohnung läuft über fünf Jahre, ".encode() + b"Z\xfcrich."
    assert text_of(data) == "Die Wohnung läuft über fünf Jahre, Z\ufffdrich."


@pytest.mark.parametrize("codec", ["cp932", "gb18030", "euc_jp"])
def test_a_guess_is_made_from_a_part_that_ends_between_characters(codec: str, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    sizes = []

    def watched(sample: bytes, **options: list[str]) -> object:
        sizes.append(len(sample))
        return from_bytes(sample, **options)

    from_bytes = charset_normalizer.from_bytes
    monkeypatch.setattr(charset_normalizer, "from_bytes", watched)
    data = "この契約は三年間有効です。 ".encode(codec) * 40_000
    assert {guessed(data[:end]) for end in (30_000, 30_001, 30_002, len(data))} == {codec}
    assert max(sizes) <= SAMPLE


def test_every_guess_has_a_name() -> None:
    assert set(charsets.NAMES) == {*charsets.ALPHABETS, *charsets.SCRIPTS}
