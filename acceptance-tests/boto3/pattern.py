"""Strings that fit the regular expressions of the service model, and the test whether a string fits one.

Understands what occurs in the model: literals, classes, groups, alternatives and repetitions. Assertions (`^`, `(?!…)`, `\\b`)
are left to chance: every string is tested with the whole expression before it is handed out.
"""

import functools
import re
import string

# What a generated string may be made of, the preferred first.
ALPHABET = string.ascii_lowercase + string.digits + string.ascii_uppercase + "-_./: " + string.punctuation + "\t\n"
ATTEMPTS = 12
LONGEST = 256

# Python's `re` has no Unicode categories. These are the parts of them that the alphabet holds.
CATEGORIES = {"L": "a-zA-Z", "M": "", "N": "0-9", "P": r"!-#%-*,-\/:;?@\[-\]_{}", "S": r"$+<->^`|~", "Z": " ", "Alnum": "a-zA-Z0-9"}

# Where the expressions of ARNs are loose, real ARNs are not.
REALISTIC = [
    (r"arn:(aws[a-z\-]*):", "arn:aws:"),
    (r"arn:aws[a-z\-]*:", "arn:aws:"),
    (r"arn:aws[a-z-]*:", "arn:aws:"),
    (r"arn:aws(-[\w]+)*:", "arn:aws:"),
    (r":[a-z0-9\-]*:[0-9]{12}:", ":us-east-1:123456789012:"),
    (r":[a-z0-9-]*:[0-9]{12}:", ":us-east-1:123456789012:"),
    (r":[a-z0-9\-]+:[0-9]{12}:", ":us-east-1:123456789012:"),
    (r":[a-z0-9-]+:[0-9]{12}:", ":us-east-1:123456789012:"),
    (r":[a-z0-9\-]{9,16}:[0-9]{12}:", ":us-east-1:123456789012:"),
    (r":.+:[0-9]{12}:", ":us-east-1:123456789012:"),
    (r"arn:[a-z0-9-\.]{1,63}:sagemaker:\w+(?:-\w+)+:(\d{12}|aws):", "arn:aws:sagemaker:us-east-1:123456789012:"),
    (r"arn:[a-z0-9-.]{1,63}:sagemaker:[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)+:([0-9]{12}|aws):", "arn:aws:sagemaker:us-east-1:123456789012:"),
]


@functools.cache
def compiled(pattern):
    text = re.sub(r"\\p\{(\w+)\}", lambda category: CATEGORIES[category[1]], without_surrogates(pattern))
    # The ARNs of some objects are said to have regions without digits, which no region is.
    text = text.replace(r":[a-z\-]*:\d{12}:", r":[a-z0-9\-]*:\d{12}:")
    # A repeated end of the text, which Python refuses, says nothing more than the end of the text.
    return re.compile(re.sub(r"\$\{\d+,\d+\}", "", text))


def without_surrogates(pattern):
    """Java writes characters beyond the first 65536 as pairs of halves, Python as themselves."""
    return pattern.replace(r"\uD800\uDC00-\uDBFF\uDFFF", "\U00010000-\U0010ffff")


def fits(pattern, text):
    return compiled(pattern).fullmatch(text) is not None


def sample(pattern, shortest, longest, long, random):
    """A string with a length within the limits: nearly the shortest, or nearly the longest that there is."""
    longest = min(longest, LONGEST)

    def stretched(stretch):
        attempts = (written(parsed(pattern), stretch, random) for _ in range(ATTEMPTS))
        return next((text for text in attempts if shortest <= len(text) <= longest and fits(pattern, text)), None)

    for stretch in range(1, longest + 2):
        text = stretched(stretch)
        if text is not None:
            return most_stretched(stretched, stretch, longest, text) if long else text
    raise ValueError(f"no string of {shortest} to {longest} characters was found for {pattern}")


def most_stretched(stretched, fewest, most, text):
    """The text of the greatest stretch that still gives one, found by halving; `text` is that of the fewest."""
    while fewest < most:
        middle = (fewest + most + 1) // 2
        longer = stretched(middle)
        if longer is None:
            most = middle - 1
        else:
            fewest, text = middle, longer
    return text


def realistic(pattern):
    for loose, usual in REALISTIC:
        pattern = pattern.replace(loose, usual)
    return pattern


@functools.cache
def parsed(pattern):
    text = re.sub(r"\\p\{(\w+)\}", r"\\p\1;", realistic(without_surrogates(pattern)))
    return Parser(text).choice()


def written(node, stretch, random):
    kind, *parts = node
    if kind == "characters":
        return random.choice(parts[0])
    if kind == "sequence":
        return "".join(written(part, stretch, random) for part in parts[0])
    if kind == "choice":
        return written(parts[0][0] if stretch == 0 else random.choice(parts[0]), stretch, random)
    repeated, fewest, most = parts
    times = min(most, fewest + stretch)
    return "".join(written(repeated, random.choice([0, 0, 0, 1]) if times > 1 else stretch, random) for _ in range(times))


class Parser:
    """Turns an expression into ("characters", candidates), ("sequence", nodes), ("choice", nodes) and
    ("repeat", node, fewest, most)."""

    def __init__(self, text):
        self.text = text
        self.at = 0

    def peek(self, ahead=0):
        place = self.at + ahead
        return self.text[place] if place < len(self.text) else ""

    def take(self, count=1):
        taken = self.text[self.at : self.at + count]
        self.at += count
        return taken

    def choice(self):
        options = [self.sequence()]
        while self.peek() == "|":
            self.take()
            options.append(self.sequence())
        return options[0] if len(options) == 1 else ("choice", options)

    def sequence(self):
        nodes = []
        while self.peek() not in ("", "|", ")"):
            atom = self.atom()
            nodes.append(self.repeated(atom))
        return ("sequence", nodes)

    def atom(self):
        if self.peek() in "^$":
            self.take()
            return ("sequence", [])
        if self.peek() == "(":
            return self.group()
        if self.peek() == "[":
            return candidates(self.bracket())
        if self.peek() == "\\":
            return self.escape()
        if self.peek() == ".":
            self.take()
            return candidates(".")
        return ("characters", self.take())

    def group(self):
        self.take()
        assertion = any(self.text.startswith(opening, self.at) for opening in ("?!", "?=", "?<"))
        if self.text.startswith("?:", self.at):
            self.take(2)
        node = self.choice()
        self.take()
        return ("sequence", []) if assertion else node

    def bracket(self):
        start = self.at
        self.take(2 if self.peek(1) == "^" else 1)
        while self.peek() != "]":
            self.take(2 if self.peek() == "\\" else 1)
        self.take()
        return self.text[start : self.at]

    def escape(self):
        if self.peek(1) == "b":
            self.take(2)
            return ("sequence", [])
        return candidates(self.take(6 if self.peek(1) == "u" else 4 if self.peek(1) == "x" else 2))

    def repeated(self, node):
        bounds = {"*": (0, LONGEST), "+": (1, LONGEST), "?": (0, 1)}.get(self.peek())
        if bounds:
            self.take()
        elif found := re.compile(r"\{(\d+)(,?)(\d*)\}").match(self.text, self.at):
            self.take(len(found[0]))
            fewest, several, most = found.groups()
            bounds = (int(fewest), int(most or LONGEST) if several else int(fewest))
        else:
            return node
        if self.peek() == "?":
            self.take()
        return ("repeat", node, *bounds)


def candidates(expression):
    expression = re.sub(r"\\p(\w+);", lambda category: CATEGORIES[category[1]], expression)
    fitting = [character for character in ALPHABET if re.fullmatch(expression, character)]
    preferred = [character for character in fitting if character in string.ascii_lowercase + string.digits]
    return ("characters", preferred or fitting)
