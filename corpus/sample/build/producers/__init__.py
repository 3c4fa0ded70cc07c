"""The programs that make the PDFs. Each maker takes (document, page, out, work) and says with what it made the file."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

#: The time that every file says it was made at, where its producer lets us choose.
EPOCH = datetime(2026, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Made:
    """`command` is how a reader would make such a file; it names no folder of the machine that built it."""

    producer: str
    version: str
    command: str

    def then(self, producer: str, version: str, command: str) -> Made:
        """Another program has rewritten the file."""
        return Made(f"{self.producer}, {producer}", f"{self.version}, {version}", f"{self.command} && {command}")


class ProducerError(Exception):
    """A program did not do its work."""


def run(command: list[str], **more) -> str:
    """Run a program with the fixed clock; its output, or an error with the last lines that it said."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(EPOCH.timestamp())), "FORCE_SOURCE_DATE": "1", "TZ": "UTC"}
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env=environment, check=False, timeout=300, **more
    )
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise ProducerError(f"{command[0]} ended with {done.returncode}:\n{said}")
    return done.stdout


def font_file(pattern: str) -> Path:
    """Where this machine keeps a font."""
    return Path(run(["fc-match", "-f", "%{file}", pattern]))


def version(command: list[str], pattern: str) -> str:
    """The first group of `pattern` in what the program says of itself."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(pattern, done.stdout + done.stderr)
    return found[1] if found else "unknown"
