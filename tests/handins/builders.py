"""Small classes as platforms give them, and archives of every kind, bad ones too, made when a test asks for them."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

KNOWN = ("ex5_1_1_sequential", "ex5_1_2_parallel", "ex5_2_3_shared_layer")
ANSWERS = {f"{name}.py": f'"""{name}."""\n\nanswer = "{name}"\n'.encode() for name in KNOWN}
WORK = {f"ex5/{name}": data for name, data in ANSWERS.items()}
Tree = Mapping[str, bytes]


def write(folder: Path, tree: Tree) -> Path:
    """Write files into a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in tree.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def zipped(tree: Tree = WORK) -> bytes:
    """Return a zip archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in tree.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(tree: Tree = WORK, mode: str = "w:gz", **how: int) -> bytes:
    """Return a tar archive of files; `mode` names the compression."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, **how) as archive:  # type: ignore[call-overload]
        for name, data in tree.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def with_members(*members: tuple[str, bytes, str]) -> bytes:
    """Return a tar archive of members: name, kind (a type of tarfile's) and what a link leads to."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, target in members:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            archive.addfile(member)
    return out.getvalue()


def zip_of_kind(name: str, kind: int, data: bytes = b"/etc/passwd") -> bytes:
    """Return a zip archive of one member whose attributes say what it is: a link, a device."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        member = zipfile.ZipInfo(name)
        member.create_system = 3
        member.external_attr = (kind | 0o644) << 16
        archive.writestr(member, data)
    return out.getvalue()


def zip_link(name: str = "ex5/ex5_1_2_parallel.py") -> bytes:
    """Return a zip archive with a symbolic link to a file outside."""
    return zip_of_kind(name, stat.S_IFLNK)


def zip_of_raw_names(names: Iterable[bytes], data: bytes = b"x = 1\n") -> bytes:
    """Return a zip archive whose names are these bytes, without a word on their encoding, as old Windows writes."""
    names = list(names)
    stand_ins = {f"{number:03}".ljust(len(name), "_"): name for number, name in enumerate(names)}
    archive = zipped(dict.fromkeys(stand_ins, data))
    for stand_in, name in stand_ins.items():
        assert archive.count(stand_in.encode()) == 2
        archive = archive.replace(stand_in.encode(), name)
    return archive


def zip_of_duplicates(*names: str) -> bytes:
    """Return a zip archive with members of these names, the same ones too."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, name in enumerate(names):
            # The library warns of a name that is there already.
            archive.writestr(f"{number:03}".ljust(len(name), "_"), b"x = 1\n")
    data = out.getvalue()
    for number, name in enumerate(names):
        data = data.replace(f"{number:03}".ljust(len(name), "_").encode(), name.encode())
    return data


def encrypted_zip() -> bytes:
    """Return a zip archive whose member says that it is encrypted."""
    archive = bytearray(zipped({"ex5/ex5_1_2_parallel.py": b"secret"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.index(signature) + offset] |= 1
    return bytes(archive)


# Classes


def canvas_class(**more: bytes) -> dict[str, bytes]:
    """Return the files of a Canvas export: zip, tar, single files, late, resubmitted, anonymous and typed hand-ins."""
    return {
        "berganna_4711_90210_hw.zip": zipped(),
        "chenyu_LATE_4712_90211_ex5-1.tar.gz": tarred(),
        "王磊_4713_90212_作业.zip": zipped({f"作业/{name}": data for name, data in WORK.items()}),
        "riveradiego_4714_90213_ex5_1_1_sequential-2.py": ANSWERS["ex5_1_1_sequential.py"],
        "riveradiego_4714_90214_ex5_1_2_parallel.py": ANSWERS["ex5_1_2_parallel.py"],
        "riveradiego_4714_90215_my_helpers-1.py": b"one = 1\n",
        "LATE_anon_x7Rk2_90216_hw.zip": zipped(),
        "sofialund_4715_text.html": b"<p>I forgot the file</p>",
        **more,
    }


def moodle_class() -> dict[str, bytes]:
    """Return the files of a Moodle export: archives, loose files, typed texts, all in folders or flat."""
    return {
        "Anna Maria Berg_1234567_assignsubmission_file_/ex5.zip": zipped(),
        "Yu Chen_1234568_assignsubmission_file/ex5/ex5_1_2_parallel.py": ANSWERS["ex5_1_2_parallel.py"],
        "王磊_1234569_assignsubmission_file_/ex5_1_1_sequential.py": ANSWERS["ex5_1_1_sequential.py"],
        "王磊_1234569_assignsubmission_onlinetext_/onlinetext.html": b"<p>done</p>",
        "Diego Rivera_1234570_assignsubmission_file_ex5.tar.gz": tarred(),
        "Sofia Lund_1234571_assignsubmission_onlinetext_/onlinetext.html": b"<p>none</p>",
        "Participant_1234572_assignsubmission_file_/ch5.ipynb": b'{"cells": []}',
    }


GRADESCOPE_LIST = """---
submission_345678:
  :submitters:
  - :name: Anna Maria Berg
    :sid: '06758767'
    :email: anna@uni.example
  :created_at: 2026-10-02 02:52:07.938335000 Z
  :score: 0.0
  :status: processed
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests: []
    output: 'This assignment does not have an autograder configured.

'
  :history: []
...
submission_345679:
  :submitters:
  - :name: Yu Chen
    :sid: '0675'
    :email: yu@uni.example
  - :name: 王磊
    :sid: 0676
    :email: lei@uni.example
  :created_at: 2026-10-03 01:00:00.5 +08:00
  :history:
  - :submitters: []
    :created_at: 2026-10-01 01:00:00.000000000 Z
    :id: 345001
  - :submitters: []
    :created_at: 2026-10-09 01:00:00.000000000 Z
    :id: 345002
submission_345680:
  :submitters: []
  :created_at: 2026-10-03 01:00:00.000000000 Z
"""


def gradescope_class() -> dict[str, bytes]:
    """Return the files of a Gradescope export: a student, a pair, one without a name, one whose files are missing."""
    root = "assignment_99_export"
    return {
        f"{root}/submission_metadata.yml": GRADESCOPE_LIST.encode(),
        **{f"{root}/submission_345678/{name}": data for name, data in WORK.items()},
        **{f"{root}/submission_345679/{name}": data for name, data in ANSWERS.items()},
    }


def github_class() -> dict[str, bytes]:
    """Return a folder of clones, with what git keeps in them."""
    tree: dict[str, bytes] = {}
    for account in ("annab", "chen-yu", "leiwang-1"):
        tree |= {f"ex5-builders-{account}/{name}": data for name, data in WORK.items()}
        tree[f"ex5-builders-{account}/.git/config"] = b"[core]\n"
        tree[f"ex5-builders-{account}/.git/hooks/ex5_1_2_parallel.py"] = b"raise SystemExit\n"
        tree[f"ex5-builders-{account}/README.md"] = b"# Exercises\n"
    return tree


ROSTER = """id,name,email,github,canvas_id,moodle_id,login
s01,Anna Maria Berg,anna@uni.example,annab,4711,1234567,ab01
s02,"Chen, Yu",yu@uni.example,chen-yu,4712,1234568,yc02
s03,王磊,lei@uni.example,leiwang,4713,1234569,wl03
s04,Diego Rivera,diego@uni.example,drivera,4714,1234570,dr04
s05,Sofia Lund,sofia@uni.example,sofial,4715,1234571,sl05
s06,Never There,never@uni.example,nevert,4716,1234572,nt06
"""
