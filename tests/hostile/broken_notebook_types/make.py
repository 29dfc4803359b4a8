"""Notebooks with the wrong types."""

from __future__ import annotations

import json
from pathlib import Path

CELL = {"cell_type": "code", "source": "def double(x): return x", "metadata": {}, "outputs": []}
BOOKS = [
    [CELL],
    "notebook",
    {"nbformat": "4", "cells": [CELL]},
    {"nbformat": True, "cells": [CELL]},
    {"nbformat": 4, "cells": {"0": CELL}},
    {"nbformat": 4, "cells": [[CELL]]},
    {"nbformat": 4, "cells": [CELL | {"cell_type": ["code"]}]},
    {"nbformat": 4, "cells": [CELL | {"source": 7}]},
    {"nbformat": 4, "cells": [CELL | {"source": ["x = 1", 7, None]}]},
    {"nbformat": 4, "cells": [CELL | {"source": {"text": "x"}}]},
    {"nbformat": 3, "worksheets": [7]},
    {"nbformat": 3, "worksheets": {"cells": [CELL]}},
    {"nbformat": 10**30, "cells": [CELL]},
    {"nbformat": -1, "cells": [CELL]},
]


def make(folder: Path) -> None:
    """Write the hand-in."""
    for number, book in enumerate(BOOKS):
        (folder / f"part_{number:02}.ipynb").write_text(json.dumps(book), encoding="utf-8")
