BAD = [
    "</td></tr></table><script>window.owned=1</script>",
    "\x1b[2J\x07\u202e\x00\ud800",
    "\n::error::owned\r\n=1+1",
    "]]><x/>",
    "[/red]{{ 7919*7919 }}|![x](https://evil.example/p.png)",
]


def double(x):
    return {bad: {bad.encode("utf-8", "replace"): {frozenset([bad]), (bad, bad)}} for bad in BAD}


def greet(name):
    return [{bad: bad} for bad in BAD]
