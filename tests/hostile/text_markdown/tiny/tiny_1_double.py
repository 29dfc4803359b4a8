IMAGE = "![x](https://evil.example/pixel.png) [10 / 10](javascript:alert(1)) <https://evil.example> https://evil.example www.evil.example"
MENTION = "@everyone @octocat #1 GH-1 octo/repo#1 deadbeefdeadbeefdeadbeefdeadbeefdeadbeef user@evil.example :+1:"
BREAK = "| 10 | passed |\n| --- | --- |\n\n# Passed\n\n```\nnever closed\n\n<details><summary>all passed</summary>\n\n[x]: https://evil.example\n"
FORMULA = "$$\\href{javascript:alert(1)}{10}$$ $`x`$ [^1] ~~failed~~ <!-- ` `` "
PAYLOAD = IMAGE + MENTION + BREAK + FORMULA
print(PAYLOAD)


def double(x):
    raise ValueError(PAYLOAD)


def greet(name):
    return IMAGE + MENTION
