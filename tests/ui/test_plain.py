"""Any text shown through `plain` comes out of a Markdown parser as exactly that text."""

import html
import re

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ui.plain import plain

# Markdown turns U+0000 into U+FFFD; the rest of this class are line breaks and spaces of their own.
LEGAL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(LEGAL)
@example("![x](http://example.org/x.png)")
@example("<img src=x onerror=alert(1)>")
@example("[1]: javascript:alert(1)")
@example("# a\n- b\n1. c")
@example("$x$ :red[hot] :smile: `code` **bold** https://example.org &amp;")
def test_markdown_shows_what_was_written(text: str) -> None:
    shown = MarkdownIt("commonmark").render(plain(text)).strip()
    inside = re.fullmatch(r"(?:<p>)?(.*?)(?:</p>)?", shown, re.DOTALL)
    assert inside is not None
    assert "<" not in inside[1]
    assert html.unescape(inside[1]).replace("\u2060", "").split() == text.replace("\u2060", "").split()


# As mdast-util-gfm-autolink-literal looks for them in what a reader of Markdown leaves as text.
LINKS = r"(https?://|www(?=\.))([-.\w]+)([^ \t\r\n]*)|([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)"


@given(LEGAL)
@example("http://example.org/x HTTPS://example.org www.example.org WWW.example.org a.b+c@example.org mailto:a@b.c")
@example("<http://example.org> (http://example.org) xmpp:a@example.org")
def test_no_address_becomes_a_link(text: str) -> None:
    shown = html.unescape(MarkdownIt("commonmark").render(plain(text)))
    assert not re.search(LINKS, shown, re.IGNORECASE)
