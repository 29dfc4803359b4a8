__doc__ = "</script><script>window.owned=1</script>\x1b[2J\u202e::error::owned"
BAD = "</script><script>window.owned=1</script>\x1b]0;owned\x07\n::error::owned\u202e[/red]=1+1|"
Named = type(BAD, (Exception,), {"__module__": BAD, "__qualname__": BAD})


def fail():
    raise Named("named")


fail.__code__ = fail.__code__.replace(co_name=BAD, co_qualname=BAD)


def double(x):
    fail()


double.__code__ = double.__code__.replace(co_name=BAD[::-1], co_qualname=BAD)


def greet(name):
    return Named()


greet.__name__ = BAD
