"""One frozen report, written as several kinds of file."""
