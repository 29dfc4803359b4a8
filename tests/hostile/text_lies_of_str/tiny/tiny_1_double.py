class Chameleon(str):
    asked = 0

    def __str__(self):
        Chameleon.asked += 1
        return self if Chameleon.asked % 2 else Chameleon("</script><script>window.owned=1</script>\x1b[2J\x00")

    def __getitem__(self, place):
        return Chameleon("<img src=x onerror=window.owned=1>\u202e" * 9999)

    def encode(self, *how):
        return b"\xff\x1b[2J\x00"

    def replace(self, *what):
        return self

    def __len__(self):
        return -1

    def isascii(self):
        return True


class Meta(type):
    @property
    def __name__(cls):
        return Chameleon("<script>window.owned=1</script>")


class Liar(Exception, metaclass=Meta):
    def __str__(self):
        return Chameleon("\x1b]0;owned\x07<b>")


def double(x):
    raise Liar


def greet(name):
    raise Liar(Chameleon("\u202e"))
