"""A notebook with duplicate keys."""

from __future__ import annotations

import json
from pathlib import Path

SHOWN = json.dumps("def double(x):\n    return [x, x]")
RUN = json.dumps("def double(x):\n    return x\n\n\ndef greet(name):\n    return 1")
CELL = '{"cell_type": "markdown", "source": %s, "source": 7, "cell_type": "code", "source": %s, "metadata": {}}'
BOOK = '{"nbformat": 3, "cells": 7, "cells": [%s], "nbformat": 4, "worksheets": [7], "metadata": NaN, "metadata": {}}'


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny_1_double.ipynb").write_text(BOOK % (CELL % (SHOWN, RUN)), encoding="utf-8")
