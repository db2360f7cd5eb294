"""Golden Thread: from what a workforce says to what it learns, and what came of it."""

import os

__version__ = "0.1.0"

# Our matrices are small: shared out among processors that have other work, they take twenty times as long.
# It must be said before numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
