"""What a newer service model brings, as Markdown with the beginnings of definitions.

Pure functions: a model is what `schemas/model.json` holds, and `texts` are the files that may use its operations.
Decides nothing: what a new operation becomes is the decision of whoever reads the report.
"""

import re

# What is not Terraform's to show: tokens and tags have their own keys in a definition.
OWN = {"Tags", "NextToken", "MaxResults"}
QUESTIONS = ("List", "Search", "Query", "Describe", "Get", "BatchDescribe", "BatchGet")
# What names of entries leave out at the beginning of the operation's name; an action keeps its verb.
VERBS_LEFT_OUT = {"query": QUESTIONS, "ephemeral": ("Create",)}
# Members of a description that say why an object is in its state.
REASONS = ("FailureReason", "FailureMessage", "StatusReason", "StatusMessage")
FACTS = ("type", "min", "max", "pattern", "union", "sensitive", "member", "key", "value")
PLACEHOLDER = "…"


def report(old, new, texts, described, common=frozenset()):
    """The report on a model. `described` holds `Structure.Member` of what `shapes.toml` describes already, `common` the
    names of `[members]` in `queries.toml`."""
    unused = operations_without_use(new, texts)
    members_without = undescribed(old, new, described, unused)
    sections = [
        ("Operations without a use", [f"`{name}`" for name in unused]),
        ("Operations that are gone", quoted(set(old["operations"]) - set(new["operations"]))),
        ("Operations that changed", changed_operations(old, new)),
        ("Members without a description", quoted(members_without)),
        ("Members that are gone", quoted(members(old) - members(new))),
        ("Required flags that changed", changed_flags(old, new)),
        ("Enumerations that changed", changed_enumerations(old, new)),
        ("Types, bounds and patterns that changed", changed_facts(old, new)),
    ]
    lines = ["# What is new in the service model", "", f"From {old['source']} to {new['source']}.", ""]
    for title, entries in sections:
        lines += [f"## {title}", "", *([f"- {entry}" for entry in entries] or ["None."]), ""]
    for file, skeleton in skeletons(new, unused, members_without, common):
        lines += [f"## Beginning of {file}", "", "```toml", *skeleton, "```", ""]
    return "\n".join(lines)


def quoted(names):
    return [f"`{name}`" for name in sorted(names)]


# What changed


def operations_without_use(model, texts):
    used = {name for text in texts for name in re.findall(r'"(\w+)"', text)}
    return [name for name in sorted(model["operations"]) if name not in used]


def changed_operations(old, new):
    """Operations of both models with other errors, other pages, or other structures."""
    return [
        f"`{name}`: {key} was {old['operations'][name].get(key)} and is {facts.get(key)}"
        for name, facts in sorted(new["operations"].items())
        if name in old["operations"]
        for key in ("input", "output", "errors", "pages")
        if old["operations"][name].get(key) != facts.get(key)
    ]


def members(model):
    return {f"{name}.{member}" for name, facts in model["shapes"].items() for member in facts.get("members", {})}


def undescribed(old, new, described, unused):
    """Members that are new or that only operations without a use reach; those of inputs and outputs are described where their
    operation is used."""
    # Elements of lists are described in `[members]` of queries.toml, and tags nowhere.
    called = [name for name in unused if not name.startswith(("List", "Search", "Query"))]
    below = (reached(new, called, "input") | reached(new, called, "output")) - {"Tag"}
    added = {path for path in members(new) - members(old) if of(path) not in tops(new) or of(path) in old["shapes"]}
    return (added | {path for path in members(new) if of(path) in below - tops(new)}) - described


def of(path):
    return path.split(".")[0]


def tops(model):
    return {facts[side] for facts in model["operations"].values() for side in ("input", "output") if side in facts}


def both(old, new):
    return [(name, old["shapes"][name], facts) for name, facts in sorted(new["shapes"].items()) if name in old["shapes"]]


def changed_flags(old, new):
    entries = []
    for name, before, after in both(old, new):
        kept = set(before.get("members", {})) & set(after.get("members", {}))
        was, now = set(before.get("required", [])), set(after.get("required", []))
        entries += [f"`{name}.{member}` is required now" for member in sorted(now - was) if member in kept]
        entries += [f"`{name}.{member}` is optional now" for member in sorted(was - now) if member in kept]
        added = [member for member in sorted(now - was) if member not in kept]
        entries += [f"`{name}.{member}` is new and required" for member in added]
    return entries


def changed_enumerations(old, new):
    entries = []
    for name, before, after in both(old, new):
        was, now = before.get("enum", []), after.get("enum", [])
        entries += [f"`{name}` has gained {listed(now, was)}"] if was and set(now) - set(was) else []
        entries += [f"`{name}` has lost {listed(was, now)}"] if now and set(was) - set(now) else []
        entries += [f"`{name}` is {'an' if now else 'no'} enumeration now"] if bool(was) != bool(now) else []
    return entries


def listed(values, others):
    return ", ".join(f"`{value}`" for value in values if value not in others)


def changed_facts(old, new):
    entries = []
    for name, before, after in both(old, new):
        places = [(name, fact, before.get(fact), after.get(fact)) for fact in FACTS]
        kept = set(before.get("members", {})) & set(after.get("members", {}))
        places += [(f"{name}.{one}", "type", before["members"][one], after["members"][one]) for one in sorted(kept)]
        entries += [f"`{place}`: {fact} was `{was}` and is `{now}`" for place, fact, was, now in places if was != now]
    return entries


# Beginnings of definitions


def skeletons(model, unused, added, common=frozenset()):
    """Files of `schemas/` with the lines that may begin their new entries."""
    families = [name.removeprefix("Create") for name in unused if is_family(model, name)]
    found = [(f"schemas/{snake(family)}.toml", resource(model, family)) for family in families]
    # What stops an object is an action, also where the definition of a job has it.
    taken = {f"{verb}{family}" for family in families for verb in ("Create", "Describe", "Update", "Delete")}
    rest = [name for name in unused if name not in taken]
    questions = [name for name in rest if name.startswith(QUESTIONS)]
    presigned = [name for name in rest if "Presigned" in name]
    verbs = [name for name in rest if name not in [*questions, *presigned]]
    # An action has no results.
    shown = reached(model, set(model["operations"]), "input") | reached(model, set(model["operations"]) - set(verbs), "output")
    inner = {path for path in added if of(path) in shown - tops(model)}
    found += [("schemas/queries.toml", queries(model, questions, common))] if questions else []
    found += [("schemas/actions.toml", entries(model, "action", verbs))] if verbs else []
    found += [("schemas/ephemeral.toml", entries(model, "ephemeral", presigned))] if presigned else []
    found += [("schemas/shapes.toml", shapes(inner))] if inner else []
    return found


def reached(model, operations, side):
    """The shapes below the inputs or the outputs of operations."""
    found = set()
    waiting = [model["operations"][name][side] for name in operations if side in model["operations"][name]]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            facts = model["shapes"][name]
            parts = [facts[part] for part in ("member", "key", "value") if part in facts]
            waiting += [*facts.get("members", {}).values(), *parts]
    return found


def is_family(model, name):
    return name.startswith("Create") and f"Describe{name.removeprefix('Create')}" in model["operations"]


def resource(model, family):
    """A definition as far as the names of the model suggest it."""
    verbs = ("create", "read", "update", "delete", "stop", "list")
    names = [f"{verb}{family}" for verb in ("Create", "Describe", "Update", "Delete", "Stop")] + [f"List{plural(family)}"]
    offered = [(verb, name) for verb, name in zip(verbs, names) if name in model["operations"]]
    operations = [f'{verb:6} = "{name}"' for verb, name in offered if verb != "stop" or is_job(model, family)]
    given, replied = structure(model, names[0], "input"), structure(model, names[0], "output")
    shown = structure(model, names[1], "output")
    keys = structure(model, names[1], "input").get("required", [])
    arn = next((member for member in shown.get("members", {}) if member.endswith("Arn")), None)
    named = {key: value_of(key, family, given, replied) for key in keys}
    lines = [f'noun        = "{words(family)}"', f'description = "{PLACEHOLDER}"']
    lines += [f'in_use      = "while {PLACEHOLDER}"'] if "ResourceInUse" in errors(model, f"Delete{family}") else []
    lines += ["", "[operations]", *operations, "", "[identity]"]
    lines += [f"members = {array(named.values())}", *([f'arn     = "{arn}"'] if arn else [])]
    lines += [f'inputs  = {{ {key} = "{value}" }}' for key, value in named.items() if key != value]
    lines += ["", "[tags]"] if "Tags" in given.get("members", {}) else []
    for wait in waits(model, family):
        lines += waiter(model, wait, shown)
    described = [member for member in top_members(model, names) if member not in keys or member in named.values()]
    lines += ["", "[descriptions]", *[f'{member} = "{PLACEHOLDER}"' for member in described]]
    return [*lines, *(["", "[attributes]", f'{arn} = {{ name = "arn" }}'] if arn not in (None, "Arn") else [])]


def errors(model, operation):
    return model["operations"].get(operation, {}).get("errors", [])


def is_job(model, family):
    """What can be stopped and not started again."""
    return f"Stop{family}" in model["operations"] and f"Start{family}" not in model["operations"]


def waits(model, family):
    """A job is waited for until it has ended."""
    if is_job(model, family):
        return ["completion", "stop"]
    return [wait for wait in ("create", "update", "delete") if f"{wait.capitalize()}{family}" in model["operations"]]


def value_of(key, family, given, replied):
    """The member of the create input or of its reply whose value an input of the read takes: that of the same name, else the name."""
    if key in replied.get("members", {}):
        return key
    members = given.get("members", {})
    return next((name for name in (key, f"{family}Name", "Name") if name in members), PLACEHOLDER)


def waiter(model, wait, shown):
    """The table of a wait, by the endings of the states: an enumeration has no other hint at what they mean."""
    for member, shape in shown.get("members", {}).items():
        states = model["shapes"][shape].get("enum", [])
        if member.endswith("Status") and states:
            leaving = [state for state in states if state.lower().startswith("delet") and "fail" not in state.lower()]
            failed = [state for state in states if "fail" in state.lower()]
            moving = [state for state in states if state.lower().endswith(("ing", "inprogress")) and state not in leaving]
            stopped = [state for state in states if state.lower() == "stopped"]
            done = [state for state in states if state not in [*leaving, *failed, *moving]]
            if wait == "delete" and not leaving:
                break
            sides = {
                "completion": (moving, [state for state in done if state not in stopped], [*failed, *leaving, *stopped]),
                "stop": (moving, [*done, *failed], []),
                "delete": (leaving, [], failed),
            }.get(wait, (moving, done, [*failed, *leaving]))
            sides = zip(("pending", "done", "failed"), sides)
            table = [f"{side:7} = {array(values)}" for side, values in sides if values]
            reasons = [name for name in shown["members"] if name in REASONS]
            table += [f"reasons = {array(reasons)}"] if reasons and wait != "stop" else []
            return ["", f"[wait.{wait}]", f'field   = "{member}"', *table, f'timeout = "{PLACEHOLDER}"']
    # Without a state, only a deletion can be seen.
    return ["", "[wait.delete]", f'timeout = "{PLACEHOLDER}"'] if wait == "delete" else []


def top_members(model, names):
    """The members of the inputs and of the description, which become attributes."""
    sides = [(names[0], "input"), (names[2], "input"), (names[1], "output")]
    found = {}
    for name, side in sides:
        facts = structure(model, name, side)
        found |= dict.fromkeys(facts.get("members", {}))
        for token in facts.get("tokens", []):
            del found[token]
    return [member for member in found if member not in OWN]


def entries(model, table, names, common=frozenset(), *sides):
    """The entries of operations, with the members of the input, and of these other sides, that still need a description."""
    lines = []
    for name in names:
        entry = snake(re.sub(f"^({'|'.join(VERBS_LEFT_OUT.get(table, ()))})", "", name))
        lines += [f"[{table}.{entry}]", f'operation = "{name}"', f'description = "{PLACEHOLDER}"', ""]
        structures = [structure(model, name, side) for side in ("input", *sides)]
        known = {*OWN, *common, *(token for one in structures for token in one.get("tokens", []))}
        members = dict.fromkeys(member for one in structures for member in one.get("members", {}) if member not in known)
        described = [f'{member} = "{PLACEHOLDER}"' for member in members]
        lines += [f"[{table}.{entry}.descriptions]", *described, ""] if members else []
    return lines[:-1]


def queries(model, names, common):
    """The entries of queries, and the members of the elements that they list, without what is described for all of them."""
    listed = {member for name in names for member in elements(model, name)} - common - OWN
    general = ["[members]", *[f'{member} = "{PLACEHOLDER}"' for member in sorted(listed)], ""] if listed else []
    return [*general, *entries(model, "query", names, common, "output")]


def elements(model, operation):
    """The members of the structures in the lists of an output."""
    shapes = model["shapes"]
    lists = [shapes[shape] for shape in structure(model, operation, "output").get("members", {}).values()]
    return {member for one in lists if one["type"] == "list" for member in shapes[one["member"]].get("members", {})}


def shapes(paths):
    lines, last = [], None
    for path in sorted(paths):
        name, member = path.split(".")
        lines += [] if name == last else ["", f"[{name}]"]
        lines.append(f'{member} = "{PLACEHOLDER}"')
        last = name
    return lines[1:]


def structure(model, operation, side):
    return model["shapes"].get(model["operations"].get(operation, {}).get(side), {})


def words(name):
    """`AIBenchmarkJob`: `AI benchmark job`."""
    found = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).split()
    return " ".join(word if word.isupper() else word.lower() for word in found)


def snake(name):
    return words(name).replace(" ", "_").lower()


def plural(name):
    return f"{name[:-1]}ies" if re.search("[^aeiou]y$", name) else f"{name}s"


def array(values):
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"
