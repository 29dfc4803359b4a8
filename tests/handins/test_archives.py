"""Archives of strangers are opened without trusting a byte of them, and a bad one is one clear line."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import stat
import struct
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from handins.builders import (
    WORK,
    encrypted_zip,
    tarred,
    with_members,
    zip_link,
    zip_of_duplicates,
    zip_of_kind,
    zip_of_raw_names,
    zipped,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.handins.archives import unpack
from grader.handins.reading import UnreadableError
from grader.handins.unpacking import BadArchiveError, Limits, Take, Unpacked
from grader.results import Text

SMALL = Limits(total=10_000, file=4_000, files=5, entries=20, ratio=10, free=5_000, seconds=20)


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder by their paths in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def opened(tmp_path):
    """Unpacks bytes under a name, and returns what came out and the files."""

    def unpack_bytes(data: bytes, name: str = "hw.zip", **how: object) -> tuple[Unpacked, dict[str, bytes]]:
        (tmp_path / name).write_bytes(data)
        target = tmp_path / "out" / "here"
        outcome = unpack(tmp_path / name, target, **how)  # type: ignore[arg-type]
        return outcome, files(target)

    return unpack_bytes


@pytest.fixture
def reason(opened, tmp_path):
    """Returns why bytes cannot be unpacked, having seen that nothing was written outside the folder."""

    def refused(data: bytes, name: str = "hw.zip", **how: object) -> str:
        with pytest.raises(BadArchiveError) as raised:
            opened(data, name, **how)
        assert str(raised.value) == raised.value.text.en
        assert raised.value.text.zh
        assert "Error" not in str(raised.value)
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "out"])
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["here"]
        return str(raised.value)

    return refused


# Good ones


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("hw.zip", zipped()),
        ("hw.tar", tarred(mode="w:")),
        ("hw.tar.gz", tarred()),
        ("hw.tgz", tarred(mode="w:gz", compresslevel=1)),
        ("hw.tar.bz2", tarred(mode="w:bz2")),
        ("hw.tar.xz", tarred(mode="w:xz")),
        ("really_a_tar.zip", tarred()),
        ("really_a_zip.tar.gz", zipped()),
        ("dots.tar", tarred({f"./{name}": data for name, data in WORK.items()}, "w:")),
        ("two_streams.tar.gz", gzip.compress(tarred(mode="w:")[:700]) + gzip.compress(tarred(mode="w:")[700:])),
        ("padded.tar.gz", tarred() + bytes(5000)),
        ("two_streams.tar.bz2", bz2.compress(tarred(mode="w:")[:700]) + bz2.compress(tarred(mode="w:")[700:])),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_kinds_of_archives(opened, name, data):
    """Every kind that students use is unpacked, by its content, not by its name."""
    outcome, found = opened(data, name)
    assert found == WORK
    assert outcome == Unpacked()


def test_large_files_come_out_whole(opened):
    """Files larger than what is read at a time are the same afterwards, from a zip and from a tar."""
    noise = {"a.py": random.Random(0).randbytes(3_000_000), "b.py": b"x" * 100_000, "c.py": b""}
    assert opened(zipped(noise))[1] == noise


@pytest.mark.parametrize("mode", ["w:", "w:gz", "w:bz2", "w:xz"])
def test_large_files_of_tars_come_out_whole(opened, mode):
    """The same for tars, however they are compressed: sizes around those of blocks and buffers."""
    made = random.Random(1)
    sizes = (0, 1, 511, 512, 513, 65_535, 65_536, 65_537, 1_000_000)
    noise = {f"{size}.py": made.randbytes(size) for size in sizes} | {"z.py": b"z" * 50_000}
    assert opened(tarred(noise, mode), "hw.tar")[1] == noise


def test_only_what_can_hold_answers_is_written(opened):
    """Other files are named, junk is not even that."""
    junk = dict.fromkeys(("__MACOSX/ex5/._a.py", ".git/hooks/a.py", "ex5/__pycache__/a.py", ".venv/b.py"), b"x")
    outcome, found = opened(zipped({**WORK, **junk, "data/train.csv": b"1,2", "report.pdf": b"%PDF"}))
    assert found == WORK
    assert outcome.others == ("data/train.csv", "report.pdf")


def test_names_without_files(opened):
    """An export of a class keeps the names of files that are not read."""
    take = lambda parts: Take.NAME if parts[-1].endswith(".pdf") else Take.WHOLE  # noqa: E731
    assert opened(zipped({"anna.pdf": b"%PDF", "b.txt": b"b"}), take=take)[1] == {"anna.pdf": b"", "b.txt": b"b"}


def test_times_are_kept(opened, tmp_path):
    """A file has the time of its last change, which tells an old copy from the latest."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.py", (2026, 3, 4, 5, 6, 8)), b"a")
        archive.writestr(zipfile.ZipInfo("b.py", (1980, 0, 0, 0, 0, 0)), b"b")
    opened(out.getvalue())
    changed = (tmp_path / "out" / "here" / "a.py").stat().st_mtime
    assert time.localtime(changed)[:6] == (2026, 3, 4, 5, 6, 8)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_chinese_systems(opened, encoding):
    """Zips whose names come without their encoding: GBK as on Chinese Windows, or UTF-8 without the flag."""
    archive = zip_of_raw_names([f"作业五/王磊_{name}".encode(encoding) for name in ("第一题.py", "許.py")])
    assert set(opened(archive)[1]) == {"作业五/王磊_第一题.py", "作业五/王磊_許.py"}


def test_names_of_tars_from_chinese_systems(opened):
    """The same for tars, whose names are bytes."""
    archive = tarred({"XXXX/a.py": b"1"}, "w:").replace(b"XXXX", "作业".encode("gbk"))
    header = bytearray(archive[:512])
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    assert set(opened(bytes(header) + archive[512:], "hw.tar")[1]) == {"作业/a.py"}


def test_names_that_only_some_systems_take(opened):
    """Characters that Windows cannot write are replaced: the answers in such a folder count."""
    assert set(opened(zipped({'HW: "5"?/ex5_1_2_parallel.py': b"1"}))[1]) == {"HW_ _5__/ex5_1_2_parallel.py"}


def test_what_windows_packs(opened):
    """PowerShell writes backslashes between folders, and ends folders with one."""
    archive = zip_of_duplicates("HW\\ex5\\", "HW\\ex5\\ex5_1_2_parallel.py", "HW\\ex5\\helpers.py")
    assert set(opened(archive)[1]) == {"HW/ex5/ex5_1_2_parallel.py", "HW/ex5/helpers.py"}


# Bad ones


@pytest.mark.parametrize(
    "name",
    ["../evil.py", "ex5/../../evil.py", "/tmp/evil.py", "//server/evil.py", "C:/evil.py", "c:evil.py", "..\\evil.py"]
    + [
        "\\\\server\\evil.py",
        "\\evil.py",
        "ex5\\..\\..\\evil.py",
        "ex5/..",
        "__MACOSX/../../evil.py",
        ".git/../../evil.py",
    ],
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_paths_that_lead_outside(reason, kind, name):
    """A path that could leave the folder on any system is refused, in a zip and in a tar."""
    data = zip_of_duplicates(name) if kind == "zip" else tarred({name: b"x"}, "w:")
    assert "can lead outside" in reason(data, "hw." + kind)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (tarfile.SYMTYPE, "is a link"),
        (tarfile.LNKTYPE, "is a link"),
        (tarfile.CHRTYPE, "no ordinary file"),
        (tarfile.BLKTYPE, "no ordinary file"),
        (tarfile.FIFOTYPE, "no ordinary file"),
        (tarfile.GNUTYPE_SPARSE, "no ordinary file"),
        (b"Z", "no ordinary file"),
    ],
)
def test_tars_with_other_things_than_files(reason, kind, words):
    """Links, devices, pipes and sparse files in a tar are refused."""
    assert words in reason(with_members(("ex5/ex5_1_2_parallel.py", kind, "/etc/passwd")), "hw.tar")


def test_links_through_which_a_file_is_written(reason):
    """A link to a folder outside, and then a file in it: the link is refused before the file comes."""
    link = with_members(("ex5", tarfile.SYMTYPE, "/tmp"))[:512]
    assert "“ex5” is a link" in reason(link + tarred({"ex5/a.py": b"x"}, "w:"), "hw.tar")


def test_links_among_ignored_files_do_no_harm(opened):
    """A virtual environment is full of links; it is ignored, and the rest counts."""
    links = with_members((".venv/bin/python", tarfile.SYMTYPE, "/usr/bin/python3"))[:512]
    assert opened(links + tarred(mode="w:"), "hw.tar")[1] == WORK


@pytest.mark.parametrize(
    ("kind", "words"),
    [(stat.S_IFLNK, "is a link")]
    + [(kind, "no ordinary file") for kind in (stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK)],
)
def test_zips_with_other_things_than_files(reason, kind, words):
    """The same for zips, where the attributes say it."""
    assert words in reason(zip_of_kind("ex5/a.py", kind))


def test_a_zip_with_a_link(reason):
    """The name of the link is in the message."""
    assert reason(zip_link()) == "“ex5/ex5_1_2_parallel.py” is a link"


def test_a_password(reason):
    """An encrypted archive is refused with the reason."""
    assert "password" in reason(encrypted_zip())


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["ex5/a.py", "ex5/a.py"], "“ex5/a.py” is there twice"),
        (["ex5/a.py", "./ex5//a.py"], "twice"),
        (["ex5/a.py", "EX5/a.py"], "the same on many systems"),
        (["ex5/a.py", "ex5/A.py"], "the same on many systems"),
        (["\u00e9.py", "e\u0301.py"], "the same on many systems"),
        (["a.py", "a.py/b.py"], "a file as well as a folder"),
        (["a.py/b.py", "a.py"], "a file as well as a folder"),
    ],
)
def test_names_that_collide(reason, names, words):
    """Names that are one file, on this system or on others, are refused instead of one hiding the other."""
    data = tarred(dict.fromkeys(names, b"x"), "w:") if len(set(names)) > 1 else zip_of_duplicates(*names)
    assert words in reason(data)


def test_colliding_pictures_do_no_harm(opened):
    """Files that are not written cannot collide."""
    assert opened(zipped({**WORK, "Fig.png": b"1", "fig.png": b"2"}))[1] == WORK


@pytest.mark.parametrize("name", ["x" * 251 + ".py", "y/" * 45 + "a.py", ("z" * 200 + "/") * 6 + "a.py"])
def test_long_names(reason, name):
    """Names and paths that no system could write are refused."""
    assert "too long" in reason(tarred({name: b"x"}, "w:"), "hw.tar")


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_too_many_files(reason, pack):
    """The number of files has a limit."""
    assert "more than 5 files" in reason(pack({f"{n}.txt": b"" for n in range(6)}), limits=SMALL)


@pytest.mark.parametrize("pack", [zipped, lambda tree: tarred(tree, "w:")])
def test_too_many_ignored_files(reason, pack):
    """So has the number of those that are ignored."""
    assert "more than 20 files" in reason(pack({f".git/{n}": b"" for n in range(21)}), limits=SMALL)


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_too_large_together(reason, pack):
    """All files together have a limit, also those that are not written."""
    made = random.Random(2)
    data = pack({f"{n}.bin": made.randbytes(3500) for n in range(3)})
    assert "unpacks to more than" in reason(data, limits=SMALL)


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_too_large_alone(reason, pack):
    """A single file that would be written has a limit."""
    assert "“a.py” is larger than" in reason(pack({"a.py": random.Random(3).randbytes(4001)}), limits=SMALL)


@pytest.mark.parametrize("mode", ["zip", "w:gz", "w:bz2", "w:xz"])
def test_bombs(reason, mode):
    """Little that becomes much is refused, and soon."""
    bomb = {"data.bin": bytes(30 * 2**20)}
    data = zipped(bomb) if mode == "zip" else tarred(bomb, mode)
    assert len(data) < 100_000
    started = time.monotonic()
    assert "times its size" in reason(data, "hw.zip")
    assert time.monotonic() - started < 5


def test_a_bomb_of_ignored_files(reason):
    """Junk in a compressed tar has to be read past; that has the same limit."""
    assert "times its size" in reason(tarred({".git/x": bytes(30 * 2**20)}), "hw.tar.gz")


def test_large_ignored_files_of_a_tar(reason):
    """Junk in a tar has to be read past; there is a limit to that too."""
    data = tarred({".git/pack": random.Random(5).randbytes(60_000)}, "w:")
    assert "far too much" in reason(data, "hw.tar", limits=SMALL)


def test_a_zip_whose_members_share_their_bytes(reason):
    """Members that lie on top of each other would unpack to any size."""
    data = zipped({f"{n}.py": random.Random(4).randbytes(5000) for n in range(2)})
    directory = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", directory + 1)
    end = data.index(b"PK\x05\x06")
    first_entry, second_entry = data[directory:second], bytearray(data[second:end])
    second_entry[20:24] = struct.pack("<I", len(data))
    assert reason(data[:directory] + first_entry + bytes(second_entry) + data[end:]) == "it is damaged"


def test_a_zip_that_says_less_than_it_holds(reason):
    """A size in the directory that is not the real one is damage, and no more than it says is written."""
    data = bytearray(zipped({"a.py": b"x" * 9_000}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 10)
    assert reason(bytes(data), limits=SMALL) == "it is damaged"


def test_a_zip_with_a_huge_directory(reason):
    """A directory larger than any honest one is not even read."""
    data = bytearray(zipped())
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 2**31)
    assert "too many files" in reason(bytes(data))


def test_a_zip_with_a_huge_directory_in_64_bits(reason):
    """The same where the size stands in the longer record."""
    data = zipped()
    end = data.rindex(b"PK\x05\x06")
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 2**40, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    assert "too many files" in reason(data[:end] + record + locator + data[end:])


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK])
def test_a_tar_with_a_huge_header(tmp_path, kind):
    """Long names and attributes are read into memory by the library; they have a limit."""
    member = tarfile.TarInfo("long")
    member.type, member.size = kind, 64 * 2**20
    with (tmp_path / "hw.tar").open("wb") as file:
        file.write(member.tobuf(format=tarfile.GNU_FORMAT))
        file.truncate(65 * 2**20)
    tracemalloc.start()
    try:
        with pytest.raises(BadArchiveError, match="it is damaged"):
            unpack(tmp_path / "hw.tar", tmp_path / "out")
        assert tracemalloc.get_traced_memory()[1] < 2 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["a.txt", "a.py", ".git/ignored"])
def test_a_tar_that_goes_back(reason, name):
    """A negative size would lead back to the same header for ever."""
    header = bytearray(tarfile.TarInfo(name).tobuf())
    header[124:136] = b"\xff" * 10 + b"\xfc\x00"
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    assert reason(bytes(header) + bytes(2048), "hw.tar") == "it is damaged"


def test_a_chain_of_headers(reason):
    """Headers upon headers end in a clear line, not in a full stack."""
    member = tarfile.TarInfo("x")
    member.type, member.size = tarfile.GNUTYPE_LONGNAME, 1
    assert reason((member.tobuf() + b"a".ljust(512, b"\0")) * 5000, "hw.tar") == "it is damaged"


def test_xz_that_asks_for_memory(reason):
    """An xz stream says how much memory it needs; that has a limit."""
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 2**20}]
    data = bytearray(lzma.compress(tarred(mode="w:"), filters=filters))
    # The block's header: its length in words, three bytes on, the size of the dictionary, and at its end a checksum.
    start, length = 12, (data[12] + 1) * 4
    data[start + 4] = 40
    data[start + length - 4 : start + length] = struct.pack("<I", zlib.crc32(data[start : start + length - 4]))
    assert reason(bytes(data), "hw.tar.xz") == "it is damaged"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b"Rar!\x1a\x07\x00rest", "RAR"),
        (b"7z\xbc\xaf\x27\x1crest", "7z"),
        (b"%PDF-1.7", "PDF"),
        (b"just text", "damaged"),
        (zipped()[:-30], "damaged"),
        (zipped()[:100], "damaged"),
        (tarred()[:200], "damaged"),
        (tarred(mode="w:bz2")[:200], "damaged"),
        (tarred(mode="w:xz")[:200], "damaged"),
        (tarred(mode="w:")[:700], "damaged"),
        (gzip.compress(b"no tar at all" * 100, mtime=0), "damaged"),
        (b"\x1f\x8b", "damaged"),
    ],
)
def test_other_and_damaged_files(reason, data, words):
    """What is none of these archives, or only a part of one, is named so far as that is possible."""
    assert words in reason(data)


def test_damage_in_the_middle_of_a_tar(reason):
    """A tar that ends early by a bad header is not taken for a short one."""
    data = bytearray(tarred(mode="w:"))
    data[1024:1100] = b"\x01" * 76
    assert reason(bytes(data), "hw.tar") == "it is damaged"


def test_a_wrong_checksum(reason):
    """Content that is not what was packed is damage, in a zip and in a compressed tar."""
    data = bytearray(zipped({"a.py": b"x = 1\n" * 50}))
    data[data.index(b"PK\x01\x02") + 16] ^= 1
    assert reason(bytes(data)) == "it is damaged"


def test_a_wrong_checksum_of_a_gzip(reason):
    """The checksum stands at the very end, after all that is needed."""
    data = bytearray(tarred())
    data[-8] ^= 1
    assert reason(bytes(data), "hw.tar.gz") == "it is damaged"


def test_unusual_compression(reason):
    """A zip that is packed in a rare way says so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.py", b"x" * 100)
    assert "packed in a way" in reason(out.getvalue())


def test_too_slow(reason):
    """Whatever takes too long ends."""
    assert "too long to unpack" in reason(tarred(), "hw.tar.gz", limits=replace(Limits(), seconds=-1))


def test_a_bad_member_need_not_spoil_the_others(opened):
    """In a class's archive a bad member is left out and named; the others are unpacked."""
    bad = tarred({"berg.py": b"1", "../evil.py": b"2", "chen.py": b"3", "BERG.py": b"4"}, "w:")
    outcome, found = opened(bad, "class.tar", strict=False)
    assert found == {"berg.py": b"1", "chen.py": b"3"}
    assert [name for name, _ in outcome.refused] == ["../evil.py", "BERG.py"]


def test_a_damaged_member_need_not_spoil_the_others(opened):
    """The same where the damage shows only when the member is read; nothing of it stays."""
    data = bytearray(zipped({"berg.py": b"x = 1\n" * 50, "chen.py": b"y = 2\n" * 50}))
    data[data.index(b"PK\x01\x02") + 16] ^= 1
    outcome, found = opened(bytes(data), "class.zip", strict=False)
    assert set(found) == {"chen.py"}
    assert [(name, why.en) for name, why in outcome.refused] == [("berg.py", "it is damaged")]


def test_no_archive_is_waited_for(tmp_path):
    """A pipe in place of an archive is no reason to hang."""
    os.mkfifo(tmp_path / "hw.zip")
    with pytest.raises(UnreadableError, match="not an ordinary file"):
        unpack(tmp_path / "hw.zip", tmp_path / "out")


# Any bytes

SEEDS = [
    zipped(),
    zipped({**WORK, "data.bin": bytes(3000)}),
    zip_of_raw_names(["作业/a.py".encode("gbk")]),
    zip_link(),
    encrypted_zip(),
    tarred(mode="w:"),
    tarred(),
    tarred(mode="w:bz2"),
    tarred(mode="w:xz"),
    tarred({"x" * 150 + ".py": b"long"}, "w:", format=tarfile.PAX_FORMAT),
    tarred({"x" * 150 + ".py": b"long"}, "w:", format=tarfile.GNU_FORMAT),
    with_members(("a", tarfile.SYMTYPE, "/etc"), ("b", tarfile.GNUTYPE_SPARSE, "")),
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Bytes of an archive with some changed, cut out, doubled or put in."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["change", "change", "cut", "double", "insert"])):
            case "change":
                piece = draw(st.binary(min_size=1, max_size=8))
                data[place : place + len(piece)] = piece
            case "cut":
                del data[place : place + draw(st.integers(1, 600))]
            case "double":
                data[place:place] = data[place : place + draw(st.integers(1, 1024))]
            case "insert":
                data[place:place] = draw(st.binary(max_size=40))
    return bytes(data)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(mutated(), st.binary(max_size=600)), name=st.sampled_from(["hw.zip", "hw.tar.gz"]))
def test_any_bytes_give_files_or_one_clear_line(tmp_path_factory, data, name):
    """Whatever the bytes, there are files within the folder and the limits, or the error that says why not."""
    folder = tmp_path_factory.mktemp("any")
    (folder / name).write_bytes(data)
    problem = Text("none", "没有")
    try:
        unpack(folder / name, folder / "out", SMALL)
    except BadArchiveError as error:
        problem = error.text
    assert problem.en
    assert problem.zh
    assert "Error" not in problem.en
    assert {path.name for path in folder.iterdir()} <= {name, "out"}
    inside = list((folder / "out").rglob("*"))
    assert not any(path.is_symlink() for path in inside)
    assert sum(path.is_file() for path in inside) <= SMALL.files
    assert sum(path.stat().st_size for path in inside if path.is_file()) <= SMALL.total
