"""Spreadsheet files, unpacked with care."""
