"""{{ ''.__class__.__mro__[1].__subclasses__() }}{% for a in cycler.__init__.__globals__ %}"""
JINJA = "{{ 7919*7919 }}{{ self.__init__.__globals__ }}{% raw %}{# comment {%- endblock %}"
FORMAT = "{0.__class__.__init__.__globals__} {n} {total} {} {!r:>{w}} %(name)s %s %n %99999999d ${7919*7919} #{7919*7919}"
PAYLOAD = JINJA + FORMAT
print(PAYLOAD)


def double(x):
    raise IndexError(PAYLOAD)


def greet(name):
    return FORMAT + JINJA
