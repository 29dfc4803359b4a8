"""The sandbox of an ordinary user, whose children share that user's id with the warm process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

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
print(json.dumps([[result.score, result.exercises[0].status] for result in found]))
"""


@pytest.fixture(scope="module")
def marked(tmp_path_factory) -> dict[str, tuple[float, str]]:
    """Attacks on the warm process, each with an honest hand-in after it, marked by a user without privileges."""
    need_bubblewrap()
    if os.getuid() != 0:
        pytest.skip("not root: all the other tests already run as an ordinary user")
    if not shutil.which("unshare") or not shutil.which("setpriv"):
        pytest.fail("this test needs unshare and setpriv (Debian and Ubuntu: apt install util-linux)", pytrace=False)
    place = tmp_path_factory.mktemp("hand-ins")
    names = ["leave_kill", "touch_warm", "forge_replies", "resource_forks", "write_traces", "zz_find_traces"]
    for name in names:
        shutil.copytree(HOSTILE / name, place / name)
    shutil.copytree(SAMPLES / "honest", place / "honest")
    order = [place / part for name in names for part in (name, "honest")]
    packages = Path(pytest.__file__).parent.parent
    # The interpreter may be in root's home, and the hand-ins in a folder of root's: both are shown under /mnt.
    script = (
        f"mount -t tmpfs none /mnt && mkdir /mnt/python /mnt/work && mount --bind {sys.base_prefix} /mnt/python && "
        f"mount --bind {place} /mnt/work && chmod 755 /mnt {place} && exec setpriv --reuid={NOBODY} --regid={NOBODY} "
        '--clear-groups --bounding-set=-all --inh-caps=-all "$@"'
    )
    python = f"/mnt/python/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", python, "-c", MARK]
        + [f"/mnt/work/{path.name}" for path in order],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{packages}:{ROOT}:{ROOT / 'tests'}", "HOME": "/nonexistent"},
        cwd="/", capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    scores = {name: tuple(found[2 * i]) for i, name in enumerate(names)}
    return scores | {f"after {name}": tuple(found[2 * i + 1]) for i, name in enumerate(names)}


@pytest.mark.parametrize(
    "name", ["leave_kill", "touch_warm", "forge_replies", "resource_forks", "write_traces", "zz_find_traces"]
)
def test_attack_of_an_ordinary_user_earns_nothing_and_harms_nobody(name, marked):
    """Run by an ordinary user too, an attack gets no point and the honest hand-in after it everything."""
    assert marked[name][0] == 0
    assert marked[name][1] != "grader_error"
    assert marked[f"after {name}"] == (10, "passed")
