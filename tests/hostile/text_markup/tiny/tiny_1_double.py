PAYLOAD = "[/] [/bold] [red]passed[/red] [link=https://evil.example/]10 / 10[/link] [@click=app.bell]x[/] [blink reverse] :skull: \\[ [[/]] [#ff0000 on"
print(PAYLOAD)
Marked = type("[bold green]Passed[/bold green][/]", (Exception,), {})


def double(x):
    raise Marked(PAYLOAD)


def greet(name):
    return PAYLOAD
