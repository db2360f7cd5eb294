"""Everything an installation holds, at one moment, in one file; and back again.

``take`` makes the file, ``restore`` reads it. What the file is, and how it is checked, is in
``archive`` and ``manifest``, which know no database; ``sqlite`` and ``postgres`` each know one.
"""
