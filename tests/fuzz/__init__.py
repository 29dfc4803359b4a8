"""What strangers' bytes may do to the readers of them: one target a module, run by tests and by `make fuzz`.

A target has `SEEDS`, bytes as a real writer makes them, `WORDS` that mean something in such bytes, and `check`, which
gives bytes to a reader and raises AssertionError, or whatever the reader raises against its own promise, if anything
but a value or a clear refusal comes out.
"""
