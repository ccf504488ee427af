import pytest

from ingest.formula import formula
from ingest.web import parsed


@pytest.mark.parametrize(
    ("mathml", "said"),
    [
        ("<mi>E</mi> <mo>=</mo>\n<mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E=mc^2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<mfrac><mn>1</mn><mfrac><mi>a</mi><mi>b</mi></mfrac></mfrac>", "1/(a/b)"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", "∑_(i=1)^n"),
        ("<msqrt><mi>x</mi></msqrt><msubsup><mi>y</mi><mn>1</mn><mn>2</mn></msubsup>", "√(x)y_1^2"),
        ("<semantics><mi>a</mi><mtext> if </mtext><mi>b</mi><annotation>ab</annotation></semantics>", "a if b"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr></mtable>", "1 0  "),
    ],
)  # fmt: skip
def test_a_formula_stands_on_one_line(mathml: str, said: str) -> None:
    assert formula(parsed(f"<math>{mathml}</math>".encode()).find(".//math")) == said
