"""The peers that speed and size are measured against, each in an environment of its own.

They are installed from a package index when first needed, and are never dependencies of the project: a folder
beside this file, named after the peer, holds its environment.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = {
    "urlwatch": ("urlwatch==2.29", "lxml==6.1.3", "cssselect==1.6.0", "html2text==2025.4.15"),
    "webchanges": ("webchanges==3.37.0", "lxml==6.1.3", "cssselect==1.6.0", "html2text==2025.4.15"),
}
"""What is installed for each; the versions are the newest of November 2026, with what their filters need."""

HERE = Path(__file__).parent


def command_of(peer: str) -> Path:
    """Return the peer's console script, installed on first use; CalledProcessError where no index is reached."""
    environment = HERE / peer
    if not (environment / "ready").exists():
        _say(f"Installing {peer} into {environment}, once.")
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)  # noqa: S603
        pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *REQUIREMENTS[peer]], check=True)  # noqa: S603
        (environment / "ready").touch()
    return environment / "bin" / peer


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
