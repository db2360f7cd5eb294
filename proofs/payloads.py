"""Hostile texts: each would do something visible if anything ran it, and each holds the word "canary".

What a page must never have because of one of them: an element ``gt-canary``, an attribute ``data-canary``,
``window.canary`` set, a request to ``canary.example``, or one of ``RUN``.
"""

from __future__ import annotations

MARK = "canary"

HTML = {
    "script": "canary<script data-canary>window.canary=1</script>",
    "image": "canary<img data-canary src=x onerror=window.canary=2>",
    "drawing": "canary<svg data-canary onload=window.canary=3><a/></svg>",
    "address": '<a data-canary href="javascript:window.canary=4">canary</a>',
    "elsewhere": "<img data-canary src=//canary.example/x>canary",
    "style": "canary<style data-canary>*{color:red}</style><gt-canary>",
    "frame": "canary<iframe data-canary srcdoc='<script>1</script>'>",
    "base": "canary<base data-canary href=//canary.example/>",
    "form": "canary<form data-canary action=//canary.example><button>",
    "refresh": "canary<meta data-canary http-equiv=refresh content=0>",
}
OUT_OF = {
    "double": 'canary" data-canary autofocus onfocus="window.canary=5',
    "single": "canary' data-canary autofocus onfocus='window.canary=6",
    "bare": "canary data-canary autofocus onfocus=window.canary=7",
    "tag": 'canary"><gt-canary data-canary>',
    "text area": "canary</textarea></title></style><gt-canary data-canary>",
    "select": "canary</option></select><gt-canary data-canary>",
    "comment": "canary--><gt-canary data-canary><!--",
    "script end": "canary</script><gt-canary data-canary>",
    "escaped": "canary&lt;gt-canary data-canary&gt;&#60;gt-canary&#62;",
    "javascript": "javascript:window.canary=8//canary",
}
TEMPLATES = {
    "double braces": "canary{{7*7}}q{{ 7|add:42 }}q${7*7}q#{7*7}q",
    "tags": 'canary{% include "base.html" %}{% debug %}{# x #}',
    "request": "canary{{ request.user.password }}{{ settings.SECRET_KEY }}",
    "component": "canary<c-answer>gt</c-answer><c-vars x='1' /><c-gt-canary />",
    "dynamic": 'canary\' :x="7*7" :attrs="{\'data-canary\': 1}"',
    "format": "canary{0.__class__}{x}%(x)s%s%n",
    "typesetting": '#eval("7*7")canary $7*7$ [canary](javascript:x) `7*7`',
}
FORMULAS = {
    "equals": "=canary+7*7",
    "plus": "+canary",
    "minus": "-canary",
    "at": "@SUM(canary)",
    "tab": "\t=canary",
    "return": "\r=canary",
    "new line": "\n=canary",
    "space": "  =canary",
    "quote": '"=canary',
    "apostrophe": "'=canary",
    "wide": "\uff1dcanary",
    "command": "=cmd|' /C canary'!A0",
    "link": '=HYPERLINK("http://canary.example","x")',
}
FILES = {
    "comma": 'canary",=1+1,"x',
    "semicolon": "canary;=1+1;x",
    "lines": "canary\n=1+1\r\n@x",
    "path": "../../../canary/../etc/passwd",
    "back path": "..\\..\\canary.csv",
    "xml": "canary]]></w:t></t><gt-canary/><![CDATA[",
    "entity": "canary&lol;<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
    "mail": "canary\r\nBcc: everyone@canary.example\r\n\r\nx",
    "log": "canary\n2026-11-22 ERROR forged\r\n127.0.0.1 GET /forged",
    "sql": "canary'; DROP TABLE wave; --",
}
SIGNS = {
    "backwards": "canary\u202egnp.exe\u202c\u2066x",
    "nothing": "can\u200bary canary\u200d\ufeff\u00ad",
    "control": "canary\x1b[31m\x07\x08\x0b",
    "nul": "canary\x00nul",
    "half": "canary\ufffe\uffff",
    "prototype": "__proto__ canary constructor __class__",
    "long": "canary " * 900,
    "one word": "canary" * 1200,
    "emoji": "canary\U0001f469\u200d\U0001f467 \u0e01\u0e49\u0e49\u0e49\u0e49",
}

COMPOSITE = "=canary'\"><img data-canary src=x onerror=window.canary=9>{{7*7}}q"
"""The many in one: what every field gets in the small run."""

PAYLOADS = {**HTML, **OUT_OF, **TEMPLATES, **FORMULAS, **FILES, **SIGNS}

RUN = ("49q", "pbkdf2_sha", "argon2$", "canary49")
"""What a page says where a template's words were carried out."""
