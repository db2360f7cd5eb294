"""Charts on the page: our own SVG."""
