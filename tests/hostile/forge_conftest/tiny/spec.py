"""Nothing to check."""


def test_double():
    """double(x) is twice x"""
