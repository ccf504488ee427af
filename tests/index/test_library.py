import os
from pathlib import Path

import pytest

from index.embedder import HashingEmbedder
from index.library import Library
from index.settings import Settings
from index.store import FILE
from index.vectors import FILE as CACHE
from ingest.errors import LibraryError, ModelMismatch, UnknownDocument
from ingest.settings import Limits


def added(library: Library, *paths: Path, **options) -> list[tuple[str | None, str]]:
    return [(o.name, o.status) for o in library.add(list(paths), **options)]


def names(library: Library, question: str, **options) -> list[str]:
    return [hit.name for hit in library.search(question, **options)]


def test_what_was_added_is_found_and_its_hits_are_ranked(library, write) -> None:
    paths = [write("cats.txt", "Cats sleep all day."), write("ships.txt", "Ships sail at dawn.")]
    assert added(library, *paths) == [("cats.txt", "added"), ("ships.txt", "added")]
    hits = library.search("when do ships sail")
    assert [(h.rank, h.name) for h in hits] == [(1, "ships.txt"), (2, "cats.txt")]
    assert hits[0].passage.text == "Ships sail at dawn."
    assert 1 >= hits[0].score > hits[1].score >= 0
    assert hits[0].bm25 > 0 == hits[1].bm25
    assert library.page("ships.txt", 1).text == "Ships sail at dawn."
    assert library.original("ships.txt") == b"Ships sail at dawn."


def test_the_same_bytes_again_change_nothing_and_are_not_read_again(library, write, reader) -> None:
    path = write("a.txt", "Cats sleep.")
    added(library, path)
    before = (library.moment()[0], library.entries())
    assert added(library, path) == [("a.txt", "unchanged")]
    assert added(library, write("copy.txt", "Cats sleep.")) == [("a.txt", "unchanged")]
    assert (library.moment()[0], library.entries()) == before
    assert reader.reads == 1


def test_a_changed_file_takes_the_place_of_the_old_one(library, write) -> None:
    added(library, write("a.txt", "Cats sleep."))
    assert added(library, write("a.txt", "Ships sail.")) == [("a.txt", "replaced")]
    assert names(library, "ships") == ["a.txt"]
    assert [h.passage.text for h in library.search("cats")] == ["Ships sail."]
    assert library.check().problems == ()


def test_two_files_of_one_name_get_names_of_their_own(library, write) -> None:
    paths = [write("x/report.pdf.txt", "one"), write("y/report.pdf.txt", "two"), write("z/report.pdf.txt", "three")]
    assert [n for n, _ in added(library, *paths)] == ["report.pdf.txt", "report.pdf (2).txt", "report.pdf (3).txt"]


def test_a_folder_is_walked_in_order_without_what_is_hidden_and_each_failure_has_its_row(
    library, write, tmp_path
) -> None:
    for name in ("b.txt", "a/z.txt", ".hidden.txt", ".git/c.txt"):
        write(name, f"words of {name}")
    write("bad.bin", "\0")
    (tmp_path / "docs" / "gone.txt").symlink_to("/nowhere")
    outcomes = {Path(o.path).name: o for o in library.add([tmp_path / "docs"])}
    assert {k: o.status for k, o in outcomes.items()} == {
        "b.txt": "added",
        "z.txt": "added",
        "bad.bin": "failed",
        "gone.txt": "failed",
    }
    assert "is not a PDF" in str(outcomes["bad.bin"].reason)
    assert "there is no file" in str(outcomes["gone.txt"].reason)


def test_a_file_over_the_limit_names_the_limit(tmp_path, reader, write) -> None:
    settings = Settings(limits=Limits(megabytes=0.001))
    with Library.open(tmp_path / "l", settings, create=True, embedder=HashingEmbedder(), reader=reader) as library:
        (outcome,) = library.add([write("a.txt", "x" * 2000)])
    assert outcome.status == "failed"
    assert outcome.reason == (
        "it is 0.0 MB, more than the limit of 0.001 MB; split it, or raise the limit with FOOTNOTE_MAX_FILE_MB"
    )


def test_pages_without_text_are_counted(library, write) -> None:
    (outcome,) = library.add([write("a.txt", "one\f \fthree")])
    assert (outcome.pages, outcome.pages_without_text) == (3, (2,))
    assert library.entry("a.txt").pages_without_text == (2,)


def test_a_removed_document_leaves_nothing_in_any_file(library, write, tmp_path) -> None:
    words = " ".join(f"Xylographomancy{i} is the word number {i}." for i in range(400))
    added(library, write("keep.txt", "Cats sleep."), write("gone.txt", words))
    library.search("xylographomancy7 word")
    passages = library.entry("gone.txt").passages
    assert library.remove("gone.txt") == passages > 5
    held = {p.name: p.read_bytes().lower() for p in (tmp_path / "library").iterdir()}
    assert [name for name, data in held.items() if b"xylographo" in data or b"gone.txt" in data] == []
    assert names(library, "xylographomancy7") == ["keep.txt"]
    assert library.check().problems == ()
    with pytest.raises(UnknownDocument):
        library.page("gone.txt", 1)


def test_a_name_that_is_not_there_suggests_the_nearest(library, write) -> None:
    added(library, write("report.txt", "x"))
    for act in (library.remove, library.entry, library.original, lambda n: library.search("x", documents=[n])):
        with pytest.raises(UnknownDocument, match=r"'reprot.txt' is in the library; did you mean 'report.txt'"):
            act("reprot.txt")


def test_a_search_in_chosen_documents_stays_in_them(library, write) -> None:
    added(library, *(write(f"{i}.txt", f"ships sail {i}") for i in range(9)))
    assert set(names(library, "ships sail", documents=["3.txt", "5.txt"])) == {"3.txt", "5.txt"}
    assert library.search("ships", documents=[]) == []


def test_without_its_vectors_a_document_is_found_by_words_and_the_next_adding_makes_them(library, write) -> None:
    stored = library.adder.store_file(write("a.txt", "Ships sail."), None, None, None)
    assert stored.outcome.status == "added"
    assert library.entry("a.txt").vectors == 0
    assert names(library, "ships") == ["a.txt"]
    added(library, write("b.txt", "Cats sleep."))
    assert library.entry("a.txt").vectors == 1


def test_another_model_is_refused_until_the_library_is_rebuilt(open_library, write) -> None:
    first = open_library()
    added(first, write("a.txt", "Ships sail."))

    class Other(HashingEmbedder):
        name = "other"
        dimension = 128

    with_other = open_library(Other())
    assert [e.name for e in with_other.entries()] == ["a.txt"]
    with pytest.raises(ModelMismatch, match=r"'hashing', and 'other' is configured; set FOOTNOTE_MODEL=hashing"):
        with_other.search("ships")
    with pytest.raises(ModelMismatch, match="python -m index rebuild"):
        added(with_other, write("b.txt", "Cats."))
    assert with_other.rebuild().problems == ()
    assert names(with_other, "ships") == ["a.txt"]
    with pytest.raises(ModelMismatch):
        first.search("ships")


def test_a_rebuilt_library_answers_the_same(library, write) -> None:
    added(library, *(write(f"{i}.txt", f"ships sail {i}. cats {i * i} sleep") for i in range(9)))
    before = [(h.name, h.score, h.passage) for h in library.search("cats 16")]
    health = library.rebuild()
    assert (health.documents, health.passages, health.vectors, health.problems) == (9, 9, 9, ())
    assert [(h.name, h.score, h.passage) for h in library.search("cats 16")] == before


def test_a_damaged_or_missing_cache_is_made_again_in_silence(open_library, write, tmp_path) -> None:
    first = open_library()
    added(first, *(write(f"{i}.txt", f"ships sail {i}") for i in range(9)))
    before = first.search("ships 4")
    cache = tmp_path / "library" / CACHE
    cache.write_bytes(b"damaged" + cache.read_bytes()[7:])
    assert open_library().search("ships 4") == before
    cache.unlink()
    assert open_library().search("ships 4") == before


def test_check_finds_what_was_tampered_with(library, write) -> None:
    added(library, write("a.txt", "Ships sail."), write("b.txt", "Cats sleep."))
    with library.store.write() as connection:
        connection.execute("UPDATE originals SET bytes = x'00' WHERE document = 1")
        connection.execute("UPDATE passages SET text = 'forged' WHERE document = 2")
        connection.execute("UPDATE vectors SET vector = x'00' WHERE serial = 1")
        connection.execute("DELETE FROM words WHERE rowid = 1")
    said = " | ".join(library.check().problems)
    for part in ("original of a.txt", "passage 0 of b.txt", "1 vectors are not", "1 passages are missing"):
        assert part in said


def test_a_library_follows_a_folder_and_leaves_the_rest_alone(library, write, tmp_path) -> None:
    added(library, write("../elsewhere.txt", "Elsewhere."))
    corpus = tmp_path / "docs"
    first = write("one.txt", "One.")
    write("two.txt", "Two.")
    assert {o.status for o in library.sync_folder(corpus)} == {"added"}
    first.rename(corpus / "moved.txt")
    write("two.txt", "Two and more.")
    assert {Path(o.path).name: o.status for o in library.sync_folder(corpus)} == {
        "moved.txt": "unchanged",
        "two.txt": "replaced",
    }
    assert [e.name for e in library.entries()] == ["elsewhere.txt", "one.txt", "two.txt"]
    (corpus / "moved.txt").unlink()
    os.unlink(tmp_path / "elsewhere.txt")
    list(library.sync_folder(corpus))
    assert [e.name for e in library.entries()] == ["elsewhere.txt", "two.txt"]


def test_a_folder_that_is_away_for_a_time_takes_nothing_out_of_the_library(library, write, tmp_path) -> None:
    corpus = tmp_path / "docs"
    write("only.txt", "Ships sail.")
    list(library.sync_folder(corpus))
    corpus.rename(tmp_path / "unmounted")
    (outcome,) = library.sync_folder(corpus)
    assert (outcome.path, outcome.status) == (str(corpus), "failed")
    assert outcome.reason == (
        f"the folder {corpus} can't be read (No such file or directory), so what came from it stays in the library; "
        "put it back, or name another with FOOTNOTE_CORPUS, and start Footnote again"
    )
    assert [e.name for e in library.entries()] == ["only.txt"]
    (tmp_path / "unmounted").rename(corpus)
    assert [o.status for o in library.sync_folder(corpus)] == ["unchanged"]


def test_a_folder_without_anything_is_taken_for_a_disk_that_is_away_where_several_documents_came_from_it(
    library, write, tmp_path
) -> None:
    corpus = tmp_path / "docs"
    one, two = write("one.txt", "Ships sail."), write("two.txt", "Cats sleep.")
    list(library.sync_folder(corpus))
    corpus.rename(tmp_path / "unmounted")
    corpus.mkdir()
    (outcome,) = library.sync_folder(corpus)
    assert "is empty, as where its disk is away, so the 2 documents that came from it stay" in str(outcome.reason)
    assert [e.name for e in library.entries()] == ["one.txt", "two.txt"]
    corpus.rmdir()
    (tmp_path / "unmounted").rename(corpus)
    for file, left in ((one, ["two.txt"]), (two, [])):
        file.unlink()
        list(library.sync_folder(corpus))
        assert [e.name for e in library.entries()] == left


def test_a_file_that_can_not_be_looked_at_is_not_taken_for_one_that_is_gone(
    library, write, tmp_path, monkeypatch
) -> None:
    hidden = write("sub/hidden.txt", "Ships sail.")
    write("seen.txt", "Cats sleep.")
    list(library.sync_folder(tmp_path / "docs"))
    (tmp_path / "docs" / "sub").rename(tmp_path / "unreadable")
    stat = Path.stat

    def refuse(path: Path, **options):
        if path == hidden:
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refuse)
    list(library.sync_folder(tmp_path / "docs"))
    assert [e.name for e in library.entries()] == ["hidden.txt", "seen.txt"]
    monkeypatch.undo()
    list(library.sync_folder(tmp_path / "docs"))
    assert [e.name for e in library.entries()] == ["seen.txt"]


def test_a_document_of_the_folder_that_was_handed_in_too_stays_when_its_file_is_gone(
    library, write, tmp_path, reader
) -> None:
    mine = write("mine.txt", "Ships sail.")
    write("other.txt", "Cats sleep.")
    list(library.sync_folder(tmp_path / "docs"))
    outcome = library.add_upload("sails.txt", b"Ships sail.")
    assert (outcome.name, outcome.status) == ("mine.txt", "unchanged")
    assert [o.status for o in library.sync_folder(tmp_path / "docs")] == ["unchanged", "unchanged"]
    assert reader.reads == 2
    mine.unlink()
    list(library.sync_folder(tmp_path / "docs"))
    assert [e.name for e in library.entries()] == ["mine.txt", "other.txt"]


def test_files_whose_names_are_not_utf8_are_followed_as_any_other(library, write, tmp_path) -> None:
    corpus = tmp_path / "docs"
    write("fine.txt", "Fine.")
    for name in (b"caf\xe8.txt", b"caf\xe9.txt"):
        (corpus / os.fsdecode(name)).write_bytes(b"Words of " + name[-5:])
    first = [(o.name, o.status) for o in library.sync_folder(corpus)]
    assert first == [("caf?.txt", "added"), ("caf? (2).txt", "added"), ("fine.txt", "added")]
    assert [o.status for o in library.sync_folder(corpus)] == ["unchanged"] * 3
    assert library.entry("caf?.txt").source == str(corpus / os.fsdecode(b"caf\xe8.txt"))
    (corpus / os.fsdecode(b"caf\xe8.txt")).unlink()
    (corpus / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"Other words.")
    assert [o.status for o in library.sync_folder(corpus)] == ["replaced", "unchanged"]
    assert [e.name for e in library.entries()] == ["caf? (2).txt", "fine.txt"]


def test_stopping_early_keeps_what_was_reported(library, write) -> None:
    adding = library.add([write(f"{i}.txt", f"words {i}") for i in range(30)])
    reported = [next(adding).name for _ in range(3)]
    adding.close()
    assert set(reported) <= {e.name for e in library.entries()}
    assert library.check().problems == ()


def test_rare_words_weigh_more(library, write) -> None:
    added(library, *(write(f"{i}.txt", f"common words {'rare' if i == 1 else ''} {i}") for i in range(9)))
    found = library.rarity(["common", "rare", "absent", "?"])
    assert found["absent"] == found["?"] > found["rare"] > found["common"] > 0
    added(library, write("more.txt", "rare rare"))
    assert library.rarity(["rare"])["rare"] < found["rare"]


def test_a_page_image_is_drawn_once_and_forgotten_with_its_document(tmp_path, reader) -> None:
    drawn = []

    class Drawer:
        def render(self, data: bytes, page: int, *, scale: float, password: str | None = None) -> bytes:
            drawn.append((page, scale))
            return b"image"

    with Library.open(
        tmp_path / "l", Settings(), create=True, embedder=HashingEmbedder(), reader=reader, renderer=Drawer()
    ) as library:
        library.add_upload("a.txt", b"words")
        with library.store.write() as connection:
            connection.execute("UPDATE documents SET kind = 'pdf'")
        assert [library.render("a.txt", 1, s) for s in (1.0, 1.0, 2.0)] == [b"image"] * 3
        assert drawn == [(1, 1.0), (1, 2.0)]
        library.remove("a.txt")
        assert not library._drawings._kept


def test_a_folder_that_may_not_be_written_is_said(tmp_path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (tmp_path / "l").mkdir(mode=0o500)
    with pytest.raises(LibraryError, match="can't be written"):
        Library.open(tmp_path / "l", Settings(), create=True)


def test_two_programs_on_one_library_see_each_others_documents(open_library, write, tmp_path) -> None:
    one, two = open_library(), open_library()
    added(one, write("a.txt", "Ships sail."))
    assert names(two, "ships") == ["a.txt"]
    added(two, write("b.txt", "Ships rest."))
    assert set(names(one, "ships")) == {"a.txt", "b.txt"}
    two.remove("a.txt")
    assert names(one, "ships") == ["b.txt"]
    assert (tmp_path / "library" / FILE).exists()


def test_the_passages_of_a_financial_statement_that_the_question_names_come_first(library, write) -> None:
    review = "Dividends were paid. The boats paid dividends again, as dividends are paid each year. "
    statement = "TERN FERRIES PLC\nSTATEMENTS OF CASH FLOWS\nDividends paid (13)"
    notes = "Notes. The dividends paid rose with the boats that paid them."
    for _ in library.add([write("tern.txt", "\f".join([review, statement, notes]))]):
        pass
    question = "What dividends were paid, by the cash flow statement?"
    assert library.search("What dividends were paid?")[0].passage.page == 1
    assert library.search(question)[0].passage.page == 2
    assert library.search(question)[0].placed
    assert not library.search(question, everywhere=True)[0].placed
    assert library.looking_first(question).places == ("cash flow statement",)


def test_the_passage_with_the_row_that_a_question_names_comes_before_one_that_speaks_of_it(library, write) -> None:
    review = "The harbour master wrote late in May to owners of boats whose dues were payable when summer was over."
    rows = ("Sails", "Ropes", "Oars", "Tar", "Harbour dues payable", "Anchors", "Lamps", "Nets", "Flags", "Bells")
    table = "\n".join(f"{row} 1,204 988" for row in rows)
    others = [write(f"{n}.txt", f"The weather of day {n} was fine.") for n in range(8)]
    for _ in library.add([write("tern.txt", f"{review}\f{table}"), *others]):
        pass
    assert library.search("What were the harbour dues payable in all?")[0].passage.page == 2
    assert library.search("Was the harbour late in May?")[0].passage.page == 1
