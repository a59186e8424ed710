"""What there is to create, and the operations of its life cycle: `kinds.toml`, completed from the names in the service model."""

import dataclasses
import pathlib
import re
import tomllib

KEYS = {
    *("absent", "alone", "also", "arn", "before_delete", "calls", "create", "delete", "describe", "excused", "keys", "known"),
    *("list", "list_by", "members", "omit", "status", "stop", "switches", "tags", "update", "wrapper"),
}


@dataclasses.dataclass
class Kind:
    """A kind of object. Operations are names, or empty where there is none."""

    name: str
    group: str
    create: str
    describe: str
    list: str
    delete: str
    # Called before, if the object can be deleted only when it is stopped. Does not count as exercised.
    before_delete: str
    # Stops the work of a job. It is tried on a second object, as soon as that is created, which has to end as stopped or cancelled.
    stop: str
    update: list
    # Stop and start, in the order in which they are called.
    switches: list
    # Further operations, called while the object exists.
    calls: list
    # The error that says that there is no such object.
    absent: str
    # The input of the list beside what it requires.
    list_by: dict
    # What identifies an object in the input of `describe`.
    keys: list
    # The member of the reply that holds the description, or empty if that is the reply itself.
    wrapper: str
    # The member of the replies that holds the ARN.
    arn: str
    # The member of the description that shows changes under way.
    status: str
    tags: bool
    # Whether there can be only one.
    alone: bool
    # What a problem may say without being one, with the reason.
    excused: dict
    # What is known of an object and neither given nor answered.
    known: dict
    # What the kind adds to the hints of `inputs.toml`.
    hints: dict

    def operations(self):
        """All operations that the life cycle of the kind calls."""
        single = [self.create, self.describe, self.list, self.delete, self.stop]
        tagging = ["AddTags", "ListTags", "DeleteTags"] if self.tags else []
        return {name for name in [*single, *self.update, *self.switches, *self.calls, *tagging] if name}


def load(model):
    groups = tomllib.loads(pathlib.Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))
    kinds = [completed(model, name, group, facts) for group, members in groups.items() for name, facts in members.items()]
    return {kind.name: kind for kind in kinds}


def completed(model, name, group, facts):
    unknown = set(facts) - KEYS
    if unknown:
        raise ValueError(f"kinds.toml: {name} has {sorted(unknown)}, which means nothing")
    create = facts.get("create", f"Create{name}")
    describe = facts.get("describe", derived(model, f"Describe{name}"))
    stop = derived(model, f"Stop{name}")
    start = derived(model, f"Start{name}") if create != f"Start{name}" else ""
    replied = model.members(create and model.output(create))
    given = model.members(create and model.input(create))
    wrapper = facts.get("wrapper", "")
    shown = description_members(model, describe, wrapper)
    keys = facts.get("keys", model.required(model.input(describe)) if describe else [])
    update = derived(model, f"Update{name}")
    return Kind(
        name=name,
        group=group,
        create=create,
        describe=describe,
        list=facts.get("list", derived(model, f"List{plural(name)}")),
        delete=facts.get("delete", derived(model, f"Delete{name}")),
        before_delete=facts.get("before_delete", ""),
        stop=facts.get("stop", "" if start else stop),
        update=facts.get("update", [update] if update else []),
        switches=facts.get("switches", [stop, start] if stop and start else []),
        calls=facts.get("calls", []),
        absent=facts.get("absent", absent(model, describe)),
        list_by=facts.get("list_by", {}),
        keys=keys,
        wrapper=wrapper,
        arn=facts.get("arn", next((member for member in [*replied, *shown] if member.endswith("Arn")), "")),
        status=facts.get("status", status(model, given, shown)),
        tags=facts.get("tags", "Tags" in given),
        alone=facts.get("alone", False),
        excused=facts.get("excused", {}),
        known=facts.get("known", {}),
        hints={part: facts.get(part, {}) for part in ("also", "members", "omit")},
    )


def description_members(model, describe, wrapper):
    """The members of the description that an operation replies with."""
    shown = model.members(describe and model.output(describe))
    return model.members(shown[wrapper]) if wrapper else shown


def absent(model, describe):
    """The error of an absent object that the operation declares."""
    return "ResourceNotFound" if describe and "ResourceNotFound" in model.errors(describe) else "ValidationException"


def derived(model, operation):
    return operation if operation in model.operations else ""


def plural(name):
    return f"{name[:-1]}ies" if re.search("[^aeiou]y$", name) else f"{name}s"


def status(model, given, shown):
    """The first status that is shown and not the user's to set."""
    found = (name for name, shape in shown.items() if name.endswith("Status") and "enum" in model.shapes[shape] and name not in given)
    return next(found, "")
