"""The sandbox of an ordinary user, whose children share that user's id with the warm process."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support import HOSTILE, ROOT, SAMPLES, need_bubblewrap

NOBODY = "65534"
MARK = """
import json, sys
from pathlib import Path
from support import results, tiny
from grader.sandbox.bubblewrap import Bubblewrap
sandbox = Bubblewrap([], full=False)
found = results(tiny(), sandbox, map(Path, sys.argv[1:]))
sandbox.close()
marked = [[result.score, result.exercises[0].status] for result in found]
"""

LOOK = """
import json
from sandbox import calling
from sandbox.test_memory import small
from sandbox.test_filter import Asking, Bubblewrap, StudentFault, number_of
sandbox = Bubblewrap([], full=False)
ask = Asking(sandbox)
names = ["unshare", "shmget", "process_vm_readv", "ptrace", "getpid"]
found = [
    ask(calling.filters)["Seccomp"],
    ask(calling.calls, numbers={name: number_of(name) for name in names}, arguments={}),
    ask(calling.clones, number=number_of("clone"), flags=[0x10000000, 0]),
    ask(calling.first_to_go),
    ask(calling.programs)[0],
    ask(calling.processes)[0],
]
ask = small(sandbox)
try:
    found.append(ask(calling.crowd, number=12, private=120 * 2**20, shared=0))
except StudentFault as error:
    found.append(error.fault.kind)
ask = small(sandbox)
found.append(ask(calling.crowd, number=12, private=5 * 2**20, shared=100 * 2**20)[0])
sandbox.close()
print(json.dumps([marked, found]))
"""
NAMES = ["leave_kill", "write_warm", "wire_replies", "resource_forks", "write_traces", "read_traces"]


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> tuple[list[tuple[float, str]], list[Any]]:
    """What a user without privileges sees: attacks, each with an honest hand-in after it, and a look from inside."""
    place = tmp_path_factory.mktemp("hand-ins")
    for name in NAMES:
        shutil.copytree(HOSTILE / name, place / name)
    shutil.copytree(SAMPLES / "honest", place / "honest")
    order = [place / part for name in NAMES for part in (name, "honest")]
    marked, looked = as_nobody(MARK + LOOK, place, *[f"/mnt/work/{path.name}" for path in order])
    return [tuple(each) for each in marked], looked


@pytest.fixture(scope="module")
def marked(seen) -> dict[str, tuple[float, str]]:
    """How attacks on the warm process, and the honest hand-ins after them, were marked."""
    found, _ = seen
    scores = dict(zip(NAMES, found[::2], strict=True))
    return scores | {f"after {name}": after for name, after in zip(NAMES, found[1::2], strict=True)}


def as_nobody(code: str, place: Path, *arguments: str) -> Any:
    """Return what a script, run by a user without privileges, prints last; it sees a folder as ``/mnt/work``."""
    need_bubblewrap()
    if os.getuid() != 0:
        pytest.skip("not root: all the other tests already run as an ordinary user")
    if not shutil.which("unshare") or not shutil.which("setpriv"):
        pytest.fail("this test needs unshare and setpriv (Debian and Ubuntu: apt install util-linux)", pytrace=False)
    packages = Path(pytest.__file__).parent.parent
    # The interpreter may be in root's home, and the hand-ins in a folder of root's: both are shown under /mnt.
    script = (
        f"mount -t tmpfs none /mnt && mkdir /mnt/python /mnt/work && mount --bind {sys.base_prefix} /mnt/python && "
        f"mount --bind {place} /mnt/work && chmod 755 /mnt {place} && exec setpriv --reuid={NOBODY} --regid={NOBODY} "
        '--clear-groups --bounding-set=-all --inh-caps=-all "$@"'
    )
    python = f"/mnt/python/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", python, "-c", code, *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{packages}:{ROOT}:{ROOT / 'tests'}", "HOME": "/nonexistent"},
        cwd="/", capture_output=True, text=True, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("name", NAMES)
def test_attack_of_an_ordinary_user_earns_nothing_and_harms_nobody(name, marked):
    """Run by an ordinary user too, an attack gets no point and the honest hand-in after it everything."""
    assert marked[name][0] == 0
    assert marked[name][1] != "grader_error"
    assert marked[f"after {name}"] == (10, "passed")


def test_a_child_of_an_ordinary_user_is_bound_by_the_filter(seen):
    """Run by an ordinary user too, calls are refused, what exercises need works, and a crowd's memory is limited."""
    refused = dict.fromkeys(["unshare", "shmget", "process_vm_readv", "ptrace"], errno.EPERM)
    _, found = seen
    assert found[:3] == ["2", refused | {"getpid": 0}, [errno.EPERM, 0]]
    assert found[3:] == [[1000, 1000], "2\n", [0, 2, 4], "MemoryLimit", 12]
