CLOSE = "]]></failure></system-out></testcase><testcase classname=\"tiny\" name=\"test_double\"/><failure><![CDATA["
ENTITY = "<!DOCTYPE x [<!ENTITY file SYSTEM \"file:///etc/passwd\"><!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>&file;&b;"
INCLUDE = "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/><?xml version=\"1.0\"?>"
PAYLOAD = CLOSE + ENTITY + INCLUDE + "&#0;&#x1b;--><!--"
print(PAYLOAD)


def double(x):
    raise AssertionError(PAYLOAD)


def greet(name):
    return PAYLOAD
