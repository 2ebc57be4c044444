"""What a model may write that is no plain text, and newsletters may hold as addresses."""

from __future__ import annotations

HTML = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<iframe src=//evil.example>", "<a href='javascript:alert(1)'>x</a>", "<style>*{display:none}</style>",
    "<!-- more -->", "<!--", "-->", "<?php x ?>", "<![CDATA[x]]>", "<!DOCTYPE html>", "</p><h1>x</h1>", "<b>x</b>",
    "<details open ontoggle=alert(1)>", "<base href=//e>", "<math><mtext></mtext></math>",
    "<form action=//evil.example><input>", "&lt;script&gt;", "&#60;script&#62;", "&amp;lt;b&gt;", "&#x3C;b&#x3E;",
    "&copy;", "&nbsp;", "&NewLine;", "<\x01script>", "<xmp><script>", "a < b > c", "1<2", "<https://evil.example/>",
    "<mailto:a@evil.example>", "<div", "<p\nonclick=x>",
)  # fmt: skip
MARKDOWN = (
    "[x](https://evil.example/)", "![x](https://evil.example/i.png)", "[x][1]", "[1]: https://evil.example/",
    "[x]: javascript:alert(1)", "# heading", "## Today's Preview", "x\n===", "x\n---", "---", "***", "___", "===",
    "- item", "+ item", "* item", "1. item", "1) item", "> quote", "    code", "\tcode", "```", "~~~",
    "```js\nx\n```", "`code`", "**bold**", "__bold__", "*it*", "_it_", "~~del~~", "|a|b|\n|-|-|", "| a | b |", "a\\",
    "\\", "\\\\", "x\\\ny", "[^1]", "[^1]: note", "- [ ] task", "Term\n: def", ": def", "*[HTML]: abbr", "==mark==",
    "++ins++", "H~2~O", "x^2^", ":smile:", ":::note", "::: warning", "!!! note", "[TOC]", "[[wiki]]", "![[embed]]",
    "@user", "#1", "x](https://evil.example)", "](https://evil.example)[", "[", "]", "![", "!", "\\[x](y)",
    "`[x](https://evil.example)`", "https://evil.example/x", "www.evil.example", "mail@evil.example", "{#id .class}",
    "{: .x onclick=y}", "a  \nb", "x\u2028# y", "x\x85# y", "x\x0b# y", "x\x0c# y", "x\r# y", "\ufeff# y", "2024. x",
    "007) x", "=", "-", "-\n-", "\u200b# y", "*x*y*", "\xa0\xa0\xa0\xa0code", '\'quoted\' "text"', "a -- b --- c",
    "(c) (tm)", "..", "<>", "[]()", "[](<>)",
)  # fmt: skip
TEMPLATES = (
    "{{ 7*7 }}", "{% raw %}", "{% include x %}", "{%- if x -%}", "{{< figure >}}", "{{% x %}}", "{{</* x */>}}",
    "${7*7}", "<%= x %>", "#{x}", "{x}", "{alert(1)}", "import x from 'y'", "export const x = 1", "<Component />",
    "{/* x */}", "$x$", "$$x$$", "\\(x\\)", "\\[x\\]", "\\href{javascript:alert(1)}{x}", "$5 and $6", "{{{x}}}",
    "<< x >>",
)  # fmt: skip
YAML = (
    '"', "'", '""', '\\"', 'x"\ndraft: true', "x\n---\n# y", "---", "...", "--- x", "x: y", "x #y", "- x", "? x",
    "&a x", "*a", "!!python/object:os.system x", "!x", "|", ">", "%YAML 1.1", "@x", "`x`", "{a: b}", "[a, b]", "yes",
    "no", "on", "null", "~", "true", "1e3", "0x1F", "0o17", "12:30:45", "2024-02-29", "2026-02-30", ".inf", ".nan",
    "1_000", "+1", "-", "=", "<<", "x\ty", "x\u2028y", "x\x85y", "x\x07y", "\ufeffx", "\x00", "x\\ny", "\\x41",
    "\\u0041", "\\", "é́", "😀", "\U000e0041", "x" * 1_500, "한글: 값", "#", "   x   ", "__proto__", "constructor",
    "---js", "\x85", "\ud7ff",
)  # fmt: skip
PAYLOADS = (*HTML, *MARKDOWN, *TEMPLATES, *YAML)

ADDRESSES = (
    "https://a.example/x(y)z", "https://a.example/x(y", "https://a.example/x)y", "https://a.example/<script>",
    'https://a.example/"onclick=alert(1)', "https://a.example/'x'", "https://a.example/x y", "https://a.example/x\ny",
    "https://a.example/x\ty", "https://a.example/[x]", "https://a.example/x](https://evil.example/)",
    "https://a.example/\\", "https://a.example/{{x}}", "https://a.example/{%x%}", "https://a.example/?a=1&lt;2",
    "https://a.example/?a&copy=1", "https://a.example/`x`", "https://a.example/*x*_y_~z~", "https://a.example/$x$",
    "https://a.example/|x|", "https://a.example/#<b>", "https://a.example/%3Cscript%3E", "https://a.example/한글?q=값",
    "https://a.example/x\u2028y", "https://a.example/x\xa0y", "https://a.example/\x00", "https://a.example/>",
    "https://a.example/^{x}",
)  # fmt: skip
