ONCE = "&lt;script&gt;window.owned=1&lt;/script&gt; &#60;img src=x onerror=window.owned=1&#62;"
TWICE = "&amp;lt;script&amp;gt;window.owned=1&amp;lt;/script&amp;gt;"
WIDE = "\uff1cscript\uff1ewindow.owned=1\uff1c/script\uff1e"
QUOTED = "\\u003cscript\\u003ewindow.owned=1\\u003c/script\\u003e \\x3cimg src=x onerror=window.owned=1\\x3e"
PAYLOAD = " ".join([ONCE, TWICE, WIDE, QUOTED])
print(PAYLOAD)


def double(x):
    raise KeyError(PAYLOAD)


def greet(name):
    return WIDE + ONCE
