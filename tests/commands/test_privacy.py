"""Texts for a bug report do not say whose machine it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.commands.privacy import hide


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/home/anna/work, /usr/bin", "~/work, /usr/bin"),
        ("No module in '/home/anna'", "No module in '~'"),
        ("/home/annabelle/work", "/home/annabelle/work"),
        ("/home/anna-2/work", "/home/anna-2/work"),
        ("/mnt/c/Users/anna/Desktop", "/mnt/c/Users/USER/Desktop"),
        ("/mnt/c/Users/Anna", "/mnt/c/Users/USER"),
        (r"D:\anna\work", r"D:\USER\work"),
        ("anna is a name", "anna is a name"),
        ("/data/savanna/x", "/data/savanna/x"),
    ],
)
def test_home_and_user_are_hidden(text, expected):
    """The home folder is ~, the user's name in another path is USER, and what only looks like them stays."""
    assert hide(text, Path("/home/anna")) == expected


def test_both_names_of_a_linked_home(tmp_path):
    """A home that is a link is hidden by both of its paths."""
    real, home = tmp_path / "disk" / "anna", tmp_path / "home" / "anna"
    real.mkdir(parents=True)
    home.parent.mkdir()
    home.symlink_to(real)
    assert hide(f"{home}/a {real}/b", home) == "~/a ~/b"


@pytest.mark.parametrize("home", ["/root", "/", "/home/user"])
def test_names_that_say_nothing_stay(home):
    """Accounts such as root are nobody's name, and a home at the root of the file system hides nothing."""
    assert hide("/x/root/user/y", Path(home)) == "/x/root/user/y"
