"""Runs ahead of the warm process where the tests are measured, and tells `measured` which lines ran.

There is no file that it could write: a child goes by another user, and what is private stays out of view. So a child
whose channel has come to its end says it there, and the warm process says it over its control socket. It is run as
text, with nothing of the tests at hand.
"""

from __future__ import annotations

import json
import os
import socket
import sys

from coverage import Coverage

CHANNEL = 3


class Measured:
    """Measures this process and its forks.

    Args:
        control: descriptor of the control socket, which the warm process closes before it ends.
    """

    def __init__(self, control: int) -> None:
        self.control = os.dup(control)
        self.coverage = Coverage(data_file=None, config_file=False, include=["/run/grade/*"], messages=False)
        self.exit = os._exit
        os._exit = self.end
        self.coverage.start()

    def lines(self) -> bytes:
        """Return in JSON the numbers of the lines that ran, by file."""
        self.coverage.stop()
        data = self.coverage.get_data()
        return json.dumps({"lines": {file: data.lines(file) for file in data.measured_files()}}).encode() + b"\n"

    def end(self, status: int) -> None:
        """Do as `os._exit` does; a child that served to its end says first what ran."""
        # Processes that student code starts have nothing to say on the channel.
        if sys._getframe(1).f_code.co_name == "become_child":
            try:
                os.write(CHANNEL, self.lines())
            except BaseException:
                # Whatever student code has done to the libraries, the process must end.
                self.exit(status)
        self.exit(status)

    def tell(self) -> None:
        """Say over the control socket what ran."""
        with socket.socket(fileno=self.control) as control:
            control.send(self.lines())
