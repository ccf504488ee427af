import pytest

from index.stopwords import ENGLISH, SHARED, TOLD, language_of, stopwords_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("wer hat den vertrag unterzeichnet", "german"),
        ("quién firmó el tratado", "spanish"),
        ("qui a signé le traité", "french"),
        ("chi ha firmato il trattato", "italian"),
        ("quem assinou o tratado em lisboa", "portuguese"),
        ("cine a semnat tratatul și când", "romanian"),
        ("antlaşmayı kim imzaladı", "turkish"),
        ("wie heeft het verdrag ondertekend", "dutch"),
        ("ai đã ký hiệp ước", "vietnamese"),
        ("who signed the treaty", "english"),
        ("did he die in the war", "english"),
        ("what is van den berg", "english"),  # a name brings words of its own
        ("war crimes", "english"),
        ("кто подписал договор", "english"),  # its script tells it
    ],
)
def test_a_language_is_told_by_its_commonest_words(question: str, language: str) -> None:
    assert language_of(question.split()) == language


def test_words_of_another_language_are_no_stopwords_in_english() -> None:
    assert stopwords_of("did he die in the war".split()) == {"did", "he", "in", "the"}
    assert stopwords_of("wann war die wende".split()) == {"wann", "war", "die"}


def test_a_script_that_tells_its_language_needs_no_other_sign() -> None:
    assert stopwords_of("кто подписал договор".split()) == {"кто"}
    assert stopwords_of("من وقع المعاهدة".split()) == {"من"}


def test_words_are_written_as_questions_are_folded() -> None:
    for words in (ENGLISH, TOLD, *SHARED.values()):
        assert all(word == word.casefold() for word in words)
