"""Valid inputs for operations, generated from the service model and from what `inputs.toml` adds to it.

A minimal input has the required members, each as small as can be. A maximal one has every member that may stand beside the
others, texts and numbers at their limits, and two of everything that there can be two of. The same input comes out every time.
"""

import pathlib
import random
import re
import tomllib

import pattern

REFERENCE = re.compile(r"\$\{([\w:]+)\.(\w+)\}")
MOMENT = 1_767_225_600
LONGEST_TEXT = 256


def load_hints():
    return tomllib.loads(pathlib.Path(__file__).with_name("inputs.toml").read_text(encoding="utf-8"))


class Generator:
    """Inputs for the life cycle of one kind. `resolve` gives the value of a reference such as `${Domain.DomainId}`."""

    def __init__(self, model, hints, kind, maximal, resolve):
        self.model = model
        self.hints = {part: {**hints[part], **kind.hints.get(part, {})} for part in ("also", "members", "omit", "shapes")}
        self.kind = kind.name
        self.maximal = maximal
        self.resolve = resolve

    def input(self, operation, fixed):
        """The input of an operation. `fixed` members have the values given, the rest is generated."""
        structure = self.model.input(operation)
        filled = self.structure(structure, (), operation, fixed)
        unfit = [name for name in fixed if name not in self.model.members(structure)]
        return {**filled, **{name: fixed[name] for name in fixed if name not in unfit}}

    def structure(self, structure, ancestors, place, fixed=()):
        members = self.model.members(structure)
        names = [name for name in self.chosen(structure, ancestors) if name not in fixed]
        return {
            name: self.member(structure, name, members[name], (*ancestors, structure), f"{place}.{name}") for name in names
        }

    def chosen(self, structure, ancestors):
        """The names of the members that a structure gets."""
        members = self.model.members(structure)
        wanted = self.hints["also"].get(structure, [])
        if self.model.shapes[structure].get("union"):
            return wanted or list(members)[-1 if self.maximal else 0 :][:1]
        needed = self.needed(structure)
        if not self.maximal:
            return needed
        return [name for name in members if name in needed or self.possible(structure, name, members[name], ancestors)]

    def needed(self, structure):
        """The names of the members without which a structure is refused."""
        needed = {*self.model.required(structure), *self.hints["also"].get(structure, [])}
        return [name for name in self.model.members(structure) if name in needed]

    def possible(self, structure, name, shape, ancestors):
        omitted = self.hints["omit"]
        if f"{structure}.{name}" in omitted or f"*.{name}" in omitted:
            return False
        return not self.reaches(shape, {*ancestors, structure})

    def reaches(self, shape, structures):
        """Whether a shape is one of the structures or a collection of them, so that an input would never end."""
        facts = self.model.shapes[shape]
        while facts["type"] in ("list", "map"):
            shape = facts["member" if facts["type"] == "list" else "value"]["shape"]
            facts = self.model.shapes[shape]
        return shape in structures

    def member(self, structure, name, shape, ancestors, place):
        return self.value(shape, ancestors, place, hint=self.hint(structure, name, shape))

    def hint(self, structure, name, shape):
        """What the hints say about a member, unless that is the kind itself, which is of no use while the kind is being created."""
        members = self.hints["members"]
        candidates = members.get(f"{structure}.{name}"), members.get(f"*.{name}"), self.hints["shapes"].get(shape)
        return next((hint for hint in candidates if hint is not None and not self.is_own(hint)), None)

    def value(self, shape, ancestors, place, index=0, hint=None):
        hint = self.hint("", "", shape) if hint is None else hint
        if hint is not None:
            return self.resolved(hint)
        facts = self.model.shapes[shape]
        chance = random.Random(f"{place} {self.maximal} {index}")
        match facts["type"]:
            case "structure":
                return self.structure(shape, ancestors, f"{place}[{index}]")
            case "list":
                element = facts["member"]["shape"]
                values = [self.value(element, ancestors, place, number) for number in range(self.count(facts))]
                return distinct(values)
            case "map":
                names = [self.value(facts["key"]["shape"], ancestors, f"{place} key", number) for number in range(self.count(facts))]
                return {name: self.value(facts["value"]["shape"], ancestors, f"{place}.{name}") for name in names}
            case "string":
                return self.text(facts, index, chance)
            case "boolean":
                return self.maximal
            case "integer" | "long":
                return self.number(facts)
            case "float" | "double":
                return float(self.number(facts))
            case "timestamp":
                return MOMENT
            case other:
                raise ValueError(f"{place}: a {other} is new in the model")

    def count(self, facts):
        fewest = max(facts.get("min", 0), 1)
        return min(max(fewest, 2), facts.get("max", 2)) if self.maximal else fewest

    def number(self, facts):
        return facts.get("max", max(facts.get("min", 0), 7)) if self.maximal else facts.get("min", facts.get("max", 1))

    def text(self, facts, index, chance):
        if "enum" in facts:
            return facts["enum"][(-1 - index if self.maximal else index) % len(facts["enum"])]
        shortest = max(facts.get("min", 0), 1)
        longest = facts.get("max", LONGEST_TEXT)
        if "pattern" in facts:
            return pattern.sample(facts["pattern"], shortest, longest, self.maximal, chance)
        length = min(longest, LONGEST_TEXT) if self.maximal else min(longest, max(shortest, 5))
        # Characters of several bytes, since the service's limits count characters.
        alphabet = "abcdefghijklmnopqrstuvwxyzé" if self.maximal else "abcdefghijklmnopqrstuvwxyz"
        return "".join(chance.choice(alphabet) for _ in range(length))

    def is_own(self, hint):
        return any(kind == self.kind for kind, _ in REFERENCE.findall(str(hint)))

    def resolved(self, hint):
        if isinstance(hint, dict):
            return {self.resolved(name): self.resolved(value) for name, value in hint.items()}
        if isinstance(hint, list):
            return [self.resolved(value) for value in hint]
        if not isinstance(hint, str):
            return hint
        whole = REFERENCE.fullmatch(hint)
        if whole:
            return self.resolve(*whole.groups())
        return REFERENCE.sub(lambda reference: str(self.resolve(*reference.groups())), hint)


def distinct(values):
    return [value for place, value in enumerate(values) if value not in values[:place]]
