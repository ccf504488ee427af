"""Makes the two PDFs of corpus/; the same bytes at every run.  Run it: python -m bench.make_corpus

The sample documents are written for Footnote, in our own words, from public facts about the signing of
the UN Convention against Cybercrime; the quoted fragments are short public statements.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    BaseDocTemplate,
    Frame,
    FrameBreak,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

CORPUS = Path(__file__).parent.parent / "corpus"
SOURCE = "Written for Footnote's sample library from public facts about the signing."
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=15, spaceAfter=8)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=15, leading=20, spaceBefore=10, spaceAfter=6)

SIGNING = [
    ("The signing", "The UN Convention against Cybercrime was signed in Hanoi, Viet Nam, on 25 October 2025. More than "
     "60 UN member states signed the convention. It is the first global treaty against cybercrime."),
    ("Aims", "The convention seeks international cooperation against digital crime: child exploitation, online "
     "financial fraud, transnational scam operations and money laundering."),
    ("", "UN Secretary-General António Guterres called the treaty an \"important milestone\". He said that "
     "sophisticated scams destroy families, exploit migrants and drain billions from the world economy every day. "
     "He asked for a strong, connected international response."),
    ("PAGE", ""),
    ("Origins", "Russia proposed the treaty in 2017. The UN General Assembly adopted it in 2024, after years of "
     "negotiation. Supporters call it the first legally binding framework at global level."),
    ("", "Critics answer that its language is vague and broad, and that it could help authoritarian govern-<br/>ments "
     "watch their citizens and suppress dissent online."),
    ("What comes next", "The convention enters into force once enough signatories have ratified it. That was expected "
     "to take several months at least."),
]  # fmt: skip
RIGHTS = [
    ("Rights groups", "More than a dozen human rights organisations signed an open letter about \"weak human rights "
     "safeguards\". One joint statement warned that even democratic governments could read the treaty as a licence "
     "for wider access to data."),
    ("", "Deborah Brown of Human Rights Watch said that Viet Nam, the host, censors online speech and jails bloggers, "
     "so that signing there sends the wrong signal. Russia's part in drafting, she said, \"will certainly please "
     "Moscow\"."),
    ("", "Sabhanaz Rashid Diya, founder of the Tech Global Institute, told AFP that the treaty could \"rubber-stamp "
     "problematic practices\" of governments that reach private data and target journalists, and "
     "that it could compel companies to hand data over without enough oversight."),
    ("COLUMN", ""),
    ("Industry", "The Cybersecurity Tech Accord is a coalition of more than 160 companies, Meta, Dell and Infosys "
     "among them. It declined to attend the signing. Nick Ashton-Hart is the executive director of the Cybersecurity "
     "Tech Accord. He said that the powers are so broad that they could criminalise security research and put global "
     "IT systems at risk, and that states may cooperate on almost any act they call criminal."),
    ("", "Firms fear having to share user data across borders, against data protection law and their users' trust."),
    ("TABLE", ""),
    ("PAGE", ""),
    ("The open question", "Some states call the treaty a compromise document with minimal human rights provisions. "
     "Others fear cross-border censorship and unregulated data sharing. The debate over balancing security and civil "
     "liberties goes on while ratification is awaited."),
]  # fmt: skip


class Template(BaseDocTemplate):  # type: ignore[misc,unused-ignore]
    """Adds the outline's entries as the headings are set."""

    def afterFlowable(self, flowable: Any) -> None:
        if getattr(flowable, "style", None) is HEAD:
            text = flowable.getPlainText()
            self.canv.bookmarkPage(text)
            self.canv.addOutlineEntry(text, text, 0)


def make(name: str, story: list[tuple[str, str]], columns: int, roman: int) -> None:
    """Write corpus/NAME.pdf in that many columns, its first `roman` pages with roman labels."""
    width, height = A4
    each = (width - 120 - 20 * (columns - 1)) / columns
    frames = [Frame(60 + i * (each + 20), 70, each, height - 150, 0, 0, 0, 0) for i in range(columns)]

    def furniture(canvas: Any, document: Any) -> None:
        n = document.page
        label = "i" * n if n <= roman else str(n - roman)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, height - 45, name)
        canvas.drawCentredString(width / 2, 40, label)
        if n == 1 and roman:
            canvas.addPageLabel(0, "ROMAN_LOWER", 1)
        if n == roman + 1:
            canvas.addPageLabel(roman, "ARABIC", 1)

    flow: list[Any] = []
    for heading, text in [*story, ("", SOURCE)]:
        if heading == "PAGE":
            flow.append(PageBreak())
        elif heading == "COLUMN":
            flow.append(FrameBreak())
        elif heading == "TABLE":
            rows = [["", "Budapest Convention", "New treaty"], ["Date", "2001", "signed 2025"],
                    ["Convention of", "Council of Europe", "United Nations"]]  # fmt: skip
            flow.append(Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.4, "grey"), ("FONTSIZE", (0, 0), (-1, -1), 8)]))
        else:
            if heading:
                flow.append(Paragraph(heading, HEAD))
            flow.append(Paragraph(text, BODY))
    document = Template(
        str(CORPUS / f"{name}.pdf"), pagesize=A4, title=name, author="Footnote", invariant=1,
        pageTemplates=[PageTemplate(frames=frames, onPage=furniture)],
    )  # fmt: skip
    document.build(flow)


def main() -> None:
    """Make both."""
    CORPUS.mkdir(exist_ok=True)
    make("Signing in Hanoi", SIGNING, columns=1, roman=1)
    make("Rights groups and industry", RIGHTS, columns=2, roman=0)


if __name__ == "__main__":
    main()
