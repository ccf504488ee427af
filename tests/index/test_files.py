from index.files import safe_name


def test_names_are_safe_to_show() -> None:
    assert safe_name("../../etc/pass\nwd") == "passwd"
    assert safe_name("C:\\docs\\report.pdf") == "report.pdf"
    assert safe_name("\u202eevil\0.txt") == "evil.txt"
    assert safe_name("") == "document"
    assert safe_name("x" * 300 + ".pdf") == "x" * 196 + ".pdf"
