"""Puts exercises and template into the wheel; an editable install reads them from the checkout instead."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Adds the data folders to every build but an editable one, in which they would be copies that go stale."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders and where they go."""
        if version != "editable":
            build_data["force_include"] |= {
                "exercises": "grader/exercises",
                "student_template": "grader/student_template",
            }
