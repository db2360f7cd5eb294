"""Answering a questionnaire: what one person is shown, what they send, and how long it takes.

Plain data in and out; nothing here knows a database or a page.
"""
