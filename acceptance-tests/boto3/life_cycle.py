"""The life cycle of an object of one kind on a service: it is created, looked at, listed, tagged, changed, stopped and deleted.

Says what is wrong on the way. Knows what every kind has in common; what a kind has for itself is data.
"""

import re
import time

import conform
import pattern
import kinds
from generate import Generator
from service import Refused

TIMEOUT_SECONDS = 20
PAUSE_SECONDS = 0.01
RACES = 4
UNDER_WAY = re.compile(
    r"(create|update|delete|maintenance)?_?in_?progress|creating|updating|deleting|starting|stopping|pending(import|delete)?|"
    r"initializing|importing|executing|rollingback|systemupdating|inmaintenance|delete_?pending",
    re.IGNORECASE,
)
FAILED = re.compile(r".*(failed|error)|outofservice", re.IGNORECASE)
GONE = {"Deleted", "DELETED", "DeleteCompleted"}
TAG = {"Key": "exerciser", "Value": "added later"}


class World:
    """The objects that a life cycle needs beside its own, created when they are first referred to."""

    def __init__(self, model, hints, known, service, variant):
        self.variant = variant
        self.model = model
        self.hints = hints
        self.kinds = known
        self.service = service
        self.created = {}

    def resolve(self, reference, member):
        """The value of `${Kind.Member}`, or `${Kind:other.Member}` for a second one of the kind."""
        if reference not in self.created:
            name, _, label = reference.partition(":")
            needed = LifeCycle(self, self.kinds[name], maximal=False, label=f"{self.variant}-needed{label}")
            needed.create()
            self.created[reference] = needed
        return self.created[reference].known[member]

    def end(self):
        """Deletes what was created, the last first. The problems that this meets."""
        problems = []
        for needed in reversed(self.created.values()):
            try:
                needed.delete()
            except Refused as refusal:
                problems.append(f"afterwards: {refusal}")
        return problems


class LifeCycle:
    """One object of a kind. `known` holds the members that identify it, `requests` is what was sent, `replies` what was
    answered at each step."""

    def __init__(self, world, kind, maximal, label):
        self.world = world
        self.model = world.model
        self.service = world.service
        self.kind = kind
        self.maximal = maximal
        self.label = label
        name = f"{label}-{kind.name}".lower()
        self.known = {"name": name, "token": name.ljust(36, "0")[:36]}
        self.requests = []
        self.replies = {}
        self.problems = []
        self.generator = Generator(world.model, world.hints, kind, maximal, self.resolve)

    def run(self):
        """All steps. The problems are sentences."""
        if not self.kind.create:
            self.call_further()
            return self.problems
        if not self.attempt("create", self.create):
            return self.problems
        steps = [("describe", self.look), ("list", self.list), ("tag", self.tag), ("further calls", self.call_further)]
        steps += [("switch", self.switch), ("update", self.update), ("stop", self.stop), ("delete", self.end)]
        for name, step in steps:
            self.attempt(name, step)
        return self.problems

    def attempt(self, name, step):
        try:
            step()
        except Refused as refusal:
            self.problems.append(f"{name}: {refusal}")
            return False
        return True

    # Steps

    def create(self):
        self.send_create()
        if self.kind.describe:
            description = self.idle_description()
            state = description.get(self.kind.status, "")
            if FAILED.fullmatch(state):
                self.problems.append(f"create: {self.kind.status} came to {state}: {description.get('FailureReason')}")

    def send_create(self):
        self.given = self.input(self.kind.create, self.names())
        self.known.update(scalars(self.given))
        self.known.update(scalars(self.call("create", self.kind.create, self.given)))
        self.known.update(self.generator.resolved(self.kind.known))

    def look(self):
        if self.kind.describe:
            self.expect_echo("describe", self.kind.create, self.given)

    def list(self):
        if not self.kind.list:
            return
        if not self.is_listed("list", self.list_by()):
            self.problems.append(f"list: {self.kind.list} does not show {self.marks()}")
        if self.maximal:
            self.call("list, filtered", self.kind.list, self.input(self.kind.list, self.list_by()))
            self.turn_pages()

    def turn_pages(self):
        """Demands that two objects are found on pages that hold one."""
        sizes = self.model.members(self.model.input(self.kind.list))
        if self.kind.alone or "MaxResults" not in sizes:
            return
        other = LifeCycle(self.world, self.kind, self.maximal, f"{self.label}-second")
        other.create()
        given = {**self.list_by(), "MaxResults": 1}
        for each in (self, other):
            if not each.is_listed("list, by pages", given):
                self.problems.append(f"list: {self.kind.list} by pages of one does not show {each.marks()}")
        other.delete()
        self.problems += other.problems

    def tag(self):
        if not self.kind.tags:
            return
        arn = {"ResourceArn": self.known[self.kind.arn]}
        given = {tag["Key"]: tag["Value"] for tag in self.given.get("Tags", [])}
        self.expect_tags("of the create", arn, given)
        self.call("tag", "AddTags", {**arn, "Tags": [TAG]})
        self.expect_tags("after AddTags", arn, {**given, TAG["Key"]: TAG["Value"]})
        self.call("untag", "DeleteTags", {**arn, "TagKeys": [TAG["Key"]]})
        self.expect_tags("after DeleteTags", arn, given)

    def call_further(self):
        for operation in self.kind.calls:
            self.attempt("further calls", lambda: self.call_one(operation))

    def call_one(self, operation):
        required = self.required(operation)
        if operation.startswith(("List", "Search")) and self.maximal:
            # The filters of the call below may leave nothing to learn from.
            smallest = Generator(self.model, self.world.hints, self.kind, False, self.resolve)
            self.learn(self.call(operation, operation, smallest.input(operation, required)))
        self.learn(self.call(operation, operation, self.input(operation, required)))

    def switch(self):
        for operation in self.kind.switches:
            self.call(operation, operation, self.identity(operation))
            if self.kind.describe:
                self.idle_description()

    def update(self):
        for operation in self.kind.update:
            self.attempt("update", lambda: self.update_by(operation))

    def update_by(self, operation):
        given = self.input(operation, self.required(operation))
        self.known.update(scalars(self.call(operation, operation, given)))
        if self.kind.describe:
            self.idle_description()
            self.expect_echo(f"after {operation}", operation, given)

    def stop(self):
        """Stops a job. Those that are done before they can be stopped are let go, as long as there are not too many."""
        if not self.kind.stop:
            return
        for number in range(RACES):
            other = LifeCycle(self.world, self.kind, self.maximal, f"{self.label}-stopped{number or ''}")
            other.send_create()
            try:
                other.call("stop", self.kind.stop, other.identity(self.kind.stop))
                break
            except Refused:
                if number == RACES - 1:
                    raise
        self.expect_stopped(other)

    def expect_stopped(self, other):
        state = other.idle_description().get(self.kind.status, "")
        if not re.fullmatch("stopped|cancelled", state, re.IGNORECASE):
            self.problems.append(f"stop: {self.kind.status} came to {state}")
        self.requests += other.requests
        self.replies["stop"] = other.replies["stop"]
        other.end()
        self.problems += other.problems

    def end(self):
        self.delete()
        if not self.kind.delete:
            return
        if self.kind.list and self.is_listed("list, deleted", self.list_by()):
            self.problems.append(f"delete: {self.kind.list} still shows {self.marks()}")

    def delete(self):
        """Deletes the object and waits until it is gone."""
        if not self.kind.delete:
            return
        if self.kind.before_delete:
            self.make_deletable()
        self.call("delete", self.kind.delete, self.identity(self.kind.delete))
        if self.kind.describe:
            self.expect_absent()

    def make_deletable(self):
        try:
            self.call("before delete", self.kind.before_delete, self.identity(self.kind.before_delete))
            self.idle_description()
        except Refused:
            # It may be stopped already, and if it is not, the delete will be refused.
            pass

    # What steps are made of

    def call(self, step, operation, given):
        """Calls an operation, and holds its input and its reply against the model."""
        self.requests.append(given)
        wrong = conform.problems(self.model, self.model.input(operation), given)
        self.problems += [f"{step}: the input of {operation}: {problem}" for problem in wrong]
        reply = self.service.call(operation, given)
        self.replies[step] = (operation, reply)
        output = self.model.output(operation)
        if output:
            self.problems += [f"{step}: {operation}: {problem}" for problem in conform.problems(self.model, output, reply)]
        return reply

    def idle_description(self):
        """The description as soon as it shows nothing that is under way."""
        give_up = time.monotonic() + TIMEOUT_SECONDS
        while True:
            state = self.description().get(self.kind.status, "")
            if not UNDER_WAY.fullmatch(state):
                break
            if time.monotonic() > give_up:
                raise Refused(self.kind.describe, "still", f"{self.kind.status} {state} after {TIMEOUT_SECONDS} s")
            time.sleep(PAUSE_SECONDS)
        description = self.unwrapped(self.call("describe", self.kind.describe, self.identity(self.kind.describe)))
        self.learn(description)
        return description

    def description(self):
        """What is shown at present."""
        return self.unwrapped(self.service.call(self.kind.describe, self.identity(self.kind.describe)))

    def unwrapped(self, reply):
        return reply.get(self.kind.wrapper, {}) if self.kind.wrapper else reply

    def learn(self, reply):
        """Remembers the values of a reply that are not known yet, be it of the first of a list."""
        returned = scalars(reply)
        for value in reply.values():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                returned = {**scalars(value[0]), **returned}
        self.known = {**returned, **self.known}

    def expect_echo(self, step, operation, given):
        """Demands that the description shows what was given, as far as it has a member of that name and shape."""
        shown = kinds.description_members(self.model, self.kind.describe, self.kind.wrapper)
        taken = self.model.members(self.model.input(operation))
        both = {name for name in given if shown.get(name) == taken[name]}
        expected = {name: given[name] for name in given if name in both}
        found = conform.unechoed(expected, self.unwrapped(self.replies["describe"][1]))
        self.problems += [f"{step}: {self.kind.describe}: {problem}" for problem in found]

    def expect_absent(self):
        give_up = time.monotonic() + TIMEOUT_SECONDS
        while time.monotonic() < give_up:
            try:
                state = self.description().get(self.kind.status)
            except Refused as refusal:
                if refusal.code != self.kind.absent:
                    self.problems.append(f"delete: absent is {self.kind.absent}, but {refusal}")
                return
            if state in GONE:
                return
            time.sleep(PAUSE_SECONDS)
        self.problems.append(f"delete: {self.kind.describe} still shows it after {TIMEOUT_SECONDS} s")

    def expect_tags(self, when, arn, expected):
        reply = self.call("list tags", "ListTags", arn)
        shown = {tag["Key"]: tag["Value"] for tag in reply["Tags"]}
        if shown != expected:
            self.problems.append(f"tag: {when}, ListTags shows {conform.short(shown)} instead of {conform.short(expected)}")

    def is_listed(self, step, given):
        """Whether the object is on one of the pages of the list, and not as one that is gone."""
        member = self.model.listed(self.kind.list)
        while True:
            page = self.call(step, self.kind.list, given)
            if any(self.is_own(element) and not is_gone(element) for element in page.get(member, [])):
                return True
            if not page.get("NextToken"):
                return False
            given = {**given, "NextToken": page["NextToken"]}

    def list_by(self):
        return {**self.required(self.kind.list), **self.generator.resolved(self.kind.list_by)}

    def is_own(self, element):
        values = element.values() if isinstance(element, dict) else [element]
        return any(value == mark for value in values for mark in self.marks())

    def marks(self):
        """What this object is recognized by in a list: its ARN and its name."""
        names = [self.kind.arn, *self.kind.keys[-1:]]
        return [self.known[name] for name in names if name in self.known]

    # Inputs

    def input(self, operation, fixed):
        return self.generator.input(operation, fixed)

    def names(self):
        """New names for what identifies the object and is the user's to name."""
        structure = self.model.input(self.kind.create)
        shapes = self.model.members(structure)
        own = {*self.kind.keys, "Name", f"{self.kind.name}Name"}
        needed = [key for key in self.generator.needed(structure) if key in own]
        return {key: self.name(shapes[key]) for key in needed if not self.is_hinted(structure, key, shapes[key])}

    def is_hinted(self, structure, key, shape):
        """Whether the hints say what the member is, be it the name of another kind."""
        return "enum" in self.model.shapes[shape] or self.generator.hint(structure, key, shape) is not None

    def name(self, shape):
        facts = self.model.shapes[shape]
        text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", f"{self.label}-{self.kind.name}").lower()
        if not pattern.fits(facts.get("pattern", ".*"), text):
            text = text.replace("-", "")
        longest = min(facts.get("max", 40), 64)
        return text.ljust(longest, "x")[:longest] if self.maximal else text[:longest]

    def required(self, operation):
        """The required members of an operation that are known."""
        return {name: self.known[name] for name in self.model.required(self.model.input(operation)) if name in self.known}

    def bound(self, operation):
        """The members of an operation that are known, required or not."""
        return {name: self.known[name] for name in self.model.members(self.model.input(operation)) if name in self.known}

    def identity(self, operation):
        """The input of an operation that is about this object alone, such as describing or deleting it."""
        structure = self.model.input(operation)
        known = self.bound(operation)
        for name in self.generator.needed(structure):
            if name not in known:
                hint = self.generator.hint(structure, name, self.model.members(structure)[name])
                if hint is None:
                    raise Refused(operation, "unknown", f"no reply so far has returned its {name}")
                known[name] = self.generator.resolved(hint)
        return known

    def resolve(self, reference, member):
        if reference == "self":
            if member not in self.known:
                raise Refused(self.kind.name, "unknown", f"no reply so far has returned its {member}")
            return self.known[member]
        return self.world.resolve(reference, member)


def is_gone(element):
    return isinstance(element, dict) and any(value in GONE for value in element.values() if isinstance(value, str))


def scalars(structure):
    return {name: value for name, value in structure.items() if isinstance(value, (str, int, float)) and not isinstance(value, bool)}
