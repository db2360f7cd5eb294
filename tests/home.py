"""The home folder of a test run, named before Django is set up (pyproject.toml loads this first)."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "GOLDENTHREAD_HOME" not in os.environ:
    os.environ["GOLDENTHREAD_HOME"] = tempfile.mkdtemp(prefix="goldenthread-tests-")
    atexit.register(shutil.rmtree, os.environ["GOLDENTHREAD_HOME"], ignore_errors=True)
