"""The proofs are scripts beside the package; two tests here run parts of them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "proofs"))
