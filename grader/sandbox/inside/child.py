"""The process that runs one submission's code for one exercise, and the protocol that it speaks.

Judge and child exchange frames of the wire format over a pair of descriptors, strictly in turn: one request,
one reply. A request is a dict::

    {"do": "prepare", "probes": bytes, "modules": {name: bytes}, "watch": bool}
    {"do": "load", "module": str, "files": {name: bytes}, "seed": int, "max_blob": int, "cells": bool}
    {"do": "cell", "number": int, "text": str, "first": int, "rank": int}
    {"do": "probe", "number": int, "name": str, "values": bytes, "seed": int}
    {"do": "finish"}

A child's first frame, before any request, is ``"ready"``. Before it has anything of the student's, it is prepared:
``probes`` is a cloudpickle of the spec's probes by name, ``modules`` the marshalled code of modules that they use; with
``watch``, it takes note of how it looks. Then it loads: ``files`` are written into the submission's folder and
``module`` is imported from it. With ``cells`` it is not: then it holds the cells of a notebook, which come one by one,
each with the line at which it begins there. ``values`` is a cloudpickle of one probe's arguments. The judge made all of
these. The reply is ``{"number": int, "status": "ok", "value": ..., "names": [str, ...]}`` (with number 0 and value None
unless a probe was run), or, when the code did not get that far::

    {"number": int, "status": "error" | "missing" | "not_attempted" | "memory" | "crashed",
     "type": str, "message": str, "frames": [[line, function], ...], "names": [str, ...], "defined": [str, ...]}

The reply to a cell has no value, and besides ``"skipped": [line, ...]``, what was left out for being Jupyter's, and
``"lacking": [[line, message], ...]``, imports of what is not installed, if there were such lines.

``frames`` are the frames in the student's own file, outermost first, ``names`` the names of the submission that
the probe used. The reply to ``finish`` is ``{"spoilt": bool}``: whether the process shows a trace of what it ran.
Everything in a reply was made beside student code, and the judge believes none of it but that it was said.
"""

from __future__ import annotations

import importlib.util
import os
import pickle
import random
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FunctionType, ModuleType, TracebackType
from typing import Any

import torch

from grader.sandbox.inside import beside, wire
from grader.sandbox.inside.cells import Cells
from grader.sandbox.inside.footprint import Footprint
from grader.sandbox.inside.frame import HEADER, MAX_BLOB

MAX_MESSAGE = 4000
MAX_FRAMES = 12
MAX_NAMES = 200
NO_MEMORY = (
    "can't allocate memory",
    "cannot allocate memory",
    "not enough memory",
    "bad_alloc",
    "out of memory",
)


class MissingName(Exception):
    """The submission does not define a name that the probe asks for."""


class NotAttempted(Exception):
    """The submission still has the stub's placeholder for a name that the probe asks for."""


class Names:
    """The ``student`` of a probe: the names that a submission defines, and which of them were asked for."""

    def __init__(self, module: ModuleType, used: list[str]) -> None:
        self.__dict__["_of"] = (module, used)

    def __getattr__(self, name: str) -> Any:
        module, used = self.__dict__["_of"]
        if name not in used:
            used.append(name)
        try:
            value = module.__dict__[name]
        except KeyError:
            raise MissingName(name) from None
        if value is Ellipsis:
            raise NotAttempted(name)
        return value


class Child:
    """Loads a submission's module and runs probes on it.

    Args:
        home: an existing, empty folder that is this child's alone.
    """

    def __init__(self, home: Path) -> None:
        self.folder = home / "submission"
        self.scratch = home / "scratch"
        self.module = ModuleType("nothing")
        self.cells: Cells | None = None
        self.max_blob = MAX_BLOB
        self.used: list[str] = []
        self.probes: dict[str, Callable[..., Any]] = {}
        self.helpers: list[str] = []
        self.safe = torch.serialization.get_safe_globals()

    def load(self, request: dict[str, Any]) -> None:
        """Write the submission's files, make an empty scratch folder the current one, import the module."""
        self.max_blob = request["max_blob"]
        for folder in (self.folder, self.scratch):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        for name, data in request["files"].items():
            (self.folder / name).write_bytes(data)
        os.chdir(self.scratch)
        sys.path.insert(0, str(self.folder))
        name = request["module"]
        if request["cells"]:
            self.cells = Cells(self.folder / f"{name}.py")
            self.module = self.cells.module
            seed_everything(request["seed"])
            return
        spec = importlib.util.spec_from_file_location(name, self.folder / f"{name}.py")
        if spec is None or spec.loader is None:
            raise ImportError(name)
        self.module = sys.modules[name] = importlib.util.module_from_spec(spec)
        seed_everything(request["seed"])
        spec.loader.exec_module(self.module)

    def prepare(self, request: dict[str, Any]) -> None:
        """Make the spec's probes and the modules that they use."""
        self.safe = torch.serialization.get_safe_globals()
        self.helpers += request["modules"]
        beside.import_all(request["modules"])
        self.probes = pickle.loads(request["probes"])

    def cell(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run a cell of a notebook; return the parts of the reply, whatever the cell raises."""
        told: dict[str, Any] = {}
        try:
            assert self.cells is not None
            self.cells.run(request, told)
        except SyntaxError as error:
            # Its text names the file that all cells are in, and the line there.
            return self.describe(error) | {"message": str(error.msg)[:MAX_MESSAGE]} | told
        except BaseException as error:
            return self.describe(error) | told
        return {"status": "ok"} | told

    def probe(self, request: dict[str, Any]) -> Any:
        """Run a probe's body and return its value."""
        self.used.clear()
        if self.cells is not None:
            self.cells.settle()
        body, values = self.probes[request["name"]], pickle.loads(request["values"])
        seed_everything(request["seed"])
        return body(Names(self.module, self.used), **values)

    def answer(self, request: dict[str, Any]) -> bytes:
        """Return the frame that answers a request; whatever the student's code raises is in it."""
        number = request.get("number", 0)
        try:
            value = None
            if request["do"] == "cell":
                return wire.encode({"number": number, **self.cell(request)})
            if request["do"] == "prepare":
                self.prepare(request)
            elif request["do"] == "load":
                self.load(request)
            else:
                value = self.probe(request)
            return wire.encode({"number": number, "status": "ok", "value": value, "names": self.used}, self.max_blob)
        except BaseException as error:
            return wire.encode({"number": number, **self.describe(error)})
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()

    def describe(self, error: BaseException) -> dict[str, Any]:
        """Return the parts of a reply that tell of an exception."""
        frames = self.own_frames(error)
        return {
            "status": self.status(error),
            "type": type(error).__name__,
            "message": message_of(error),
            "frames": frames,
            "names": self.used[:MAX_NAMES],
            "defined": self.defined(message_of(error) if isinstance(error, MissingName) else ""),
        }

    def defined(self, wanted: str) -> list[str]:
        """Return names that the student's own code defines: of very many, those most like the one that is wanted."""
        names = [
            name for name, value in self.module.__dict__.items() if not name.startswith("_") and self.is_new(value)
        ]
        if len(names) > MAX_NAMES and wanted:
            # Imported here because only a missing name in a long notebook needs it.
            from difflib import SequenceMatcher

            names.sort(key=lambda name: -SequenceMatcher(None, wanted, name[:MAX_NAMES]).ratio())
        return names[:MAX_NAMES]

    def is_new(self, value: object) -> bool:
        """Whether something in the module was made there, as far as that can be told, and not imported."""
        if isinstance(value, ModuleType):
            return False
        made_elsewhere = isinstance(value, (type, FunctionType)) and value.__module__ != self.module.__name__
        return not made_elsewhere

    def status(self, error: BaseException) -> str:
        """Return the status that stands for an exception."""
        if isinstance(error, MissingName):
            return "missing"
        if isinstance(error, NotAttempted):
            return "not_attempted"
        if isinstance(error, NotImplementedError) and self.is_own(last_frame(error.__traceback__)):
            return "not_attempted"
        if isinstance(error, MemoryError):
            return "memory"
        if isinstance(error, RuntimeError) and any(words in message_of(error).lower() for words in NO_MEMORY):
            return "memory"
        return "error" if isinstance(error, Exception) else "crashed"

    def own_frames(self, error: BaseException) -> list[list[Any]]:
        """Return line and function of the traceback's frames that are in the student's own file."""
        frames: list[list[Any]] = []
        for frame, line in traceback.walk_tb(error.__traceback__):
            if self.is_own(frame.f_code.co_filename):
                frames.append([line, frame.f_code.co_name])
        if isinstance(error, SyntaxError) and self.is_own(error.filename) and error.lineno:
            frames.append([error.lineno, ""])
        return frames[-MAX_FRAMES:]

    def is_own(self, filename: str | None) -> bool:
        """Whether a code object's file is the student's module."""
        return filename is not None and filename == getattr(self.module, "__file__", None)

    def is_mine(self, module: ModuleType) -> bool:
        """Whether a module was loaded from the submission's folder."""
        return str(getattr(module, "__file__", None)).startswith(str(self.folder))

    def forget(self) -> None:
        """Undo a load as far as that can be done in the same process."""
        if self.cells is not None:
            self.cells.close()
            self.cells = None
        self.probes = {}
        self.used.clear()
        own = [name for name, module in sys.modules.items() if self.is_mine(module)]
        for name in (*own, *self.helpers):
            sys.modules.pop(name, None)
        self.helpers.clear()
        # Submissions declare classes to be safe to load, and specs take that back to read a file as anybody does.
        torch.serialization.clear_safe_globals()
        torch.serialization.add_safe_globals(self.safe)
        self.module = ModuleType("nothing")
        if str(self.folder) in sys.path:
            sys.path.remove(str(self.folder))
        os.chdir(self.folder.parent)


def last_frame(trace: TracebackType | None) -> str | None:
    """Return the file of the innermost frame of a traceback."""
    filename = None
    for frame, _ in traceback.walk_tb(trace):
        filename = frame.f_code.co_filename
    return filename


def message_of(error: BaseException) -> str:
    """Return an exception's text, whatever its own ``__str__`` does."""
    try:
        return str(str(error))[:MAX_MESSAGE]
    except BaseException:
        return "(an exception whose message cannot be read)"


def seed_everything(seed: int) -> None:
    """Seed the random number generators that a submission may use."""
    # torch.manual_seed formats a stack trace for every kind of accelerator, used or not: milliseconds a call.
    torch.default_generator.manual_seed(seed)
    if torch.cuda.is_initialized():  # type: ignore[no-untyped-call]  # torch has no type for it
        torch.cuda.manual_seed_all(seed)
    random.seed(seed)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(seed % 2**32)


def read_exactly(descriptor: int, length: int) -> bytes:
    """Read `length` bytes; return fewer only at the end of the stream."""
    pieces = []
    while length:
        piece = os.read(descriptor, min(length, 2**20))
        if not piece:
            break
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def read_frame(descriptor: int) -> Any:
    """Return the next message, or None at the end of the stream."""
    header = read_exactly(descriptor, HEADER.size)
    if len(header) < HEADER.size:
        return None
    tree, blob = HEADER.unpack(header)
    return wire.decode(read_exactly(descriptor, tree), read_exactly(descriptor, blob))


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view[: 2**20]) :]


def serve(reader: int, writer: int, home: Path) -> None:
    """Answer the judge's requests until it closes the channel.

    Args:
        reader: descriptor to read requests from.
        writer: descriptor to write replies to; may be the same.
        home: an existing, empty folder that is this process's alone.
    """
    # Plots open no windows, and nobody could close them.
    os.environ["MPLBACKEND"] = "Agg"
    child = Child(home)
    write_all(writer, wire.encode("ready"))
    footprint: Footprint | None = None
    while (request := read_frame(reader)) is not None:
        if request["do"] == "finish":
            child.forget()
            write_all(writer, wire.encode({"spoilt": footprint is None or not footprint.same()}))
            continue
        if request["do"] == "prepare" and request["watch"]:
            footprint = Footprint()
        write_all(writer, child.answer(request))
