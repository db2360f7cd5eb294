"""The golden thread: one room a link, in its order; each looks only back along the thread."""
