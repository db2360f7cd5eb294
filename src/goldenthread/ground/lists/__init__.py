"""Every list an area works with: topics, roles, tiers, areas of work, kinds of need, rules.

One kind of record holds them all. A list has entries; an entry has dates and a source, belongs to
the area, and is ended rather than deleted, so that an old answer keeps its meaning.
"""
