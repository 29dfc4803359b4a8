BREAK = "</title></style></textarea></script></pre></td></details>-->"
RUN = "<script>window.owned = document.title = 'owned'</script><img src=x onerror=\"window.owned=1\"><svg onload=window.owned=1>"
LOAD = "<iframe src=javascript:parent.owned=1></iframe><link rel=stylesheet href=//evil.example/x><base href=//evil.example/>"
ATTRIBUTE = "\" autofocus onfocus=window.owned=1 x=\"' onmouseover='window.owned=1'"
PAYLOAD = BREAK + RUN + LOAD + ATTRIBUTE
print(PAYLOAD)


def double(x):
    raise ValueError(PAYLOAD)  # </script><script>window.owned = 1</script>


def greet(name):
    return BREAK + RUN
