"""Does a reply of the service, as JSON, keep to the service model? Says where it does not."""

import pattern

KINDS = {
    "structure": dict,
    "map": dict,
    "list": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float),
}


def problems(model, shape, value, place=""):
    """Sentences about everything that the shape forbids in the value."""
    facts = model.shapes[shape]
    kind = facts["type"]
    if not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        return [f"{place or 'the reply'} is {short(value)}, which is no {kind}"]
    if kind == "structure":
        return structure_problems(model, shape, value, place)
    found = size_problems(facts, value, place)
    if kind == "list":
        for index, element in enumerate(value):
            found += problems(model, facts["member"]["shape"], element, f"{place}[{index}]")
    if kind == "map":
        for key, element in value.items():
            found += problems(model, facts["key"]["shape"], key, f"{place} key {key}")
            found += problems(model, facts["value"]["shape"], element, f"{place}.{key}")
    return found


def structure_problems(model, structure, value, place):
    members = model.members(structure)
    found = [f"{joined(place, name)} is missing" for name in model.required(structure) if name not in value]
    found += [f"{joined(place, name)} is unknown to the model" for name in value if name not in members]
    if model.shapes[structure].get("union") and len(value) != 1:
        found.append(f"{place} is a union, but has {sorted(value)}")
    for name in value:
        if name in members:
            found += problems(model, members[name], value[name], joined(place, name))
    return found


def size_problems(facts, value, place):
    size = len(value) if isinstance(value, (str, list, dict)) else value
    found = []
    if "min" in facts and size < facts["min"]:
        found.append(f"{place} is {short(value)}, below the least of {facts['min']}")
    if "max" in facts and size > facts["max"]:
        found.append(f"{place} is {short(value)}, above the most of {facts['max']}")
    if "enum" in facts and value not in facts["enum"]:
        found.append(f"{place} is {short(value)}, not one of {', '.join(facts['enum'])}")
    if isinstance(value, str) and "pattern" in facts and not pattern.fits(facts["pattern"], value):
        found.append(f"{place} is {short(value)}, which does not fit {facts['pattern']}")
    return found


def unechoed(given, shown, place=""):
    """Sentences about what was given and is not shown again. `None` is the service's word for no value."""
    if isinstance(given, dict) and isinstance(shown, dict):
        missing = [name for name in given if name not in shown and given[name] != "None"]
        found = [f"{joined(place, name)} is not shown" for name in missing]
        both = [name for name in given if name in shown]
        return found + [problem for name in both for problem in unechoed(given[name], shown[name], joined(place, name))]
    if isinstance(given, list) and isinstance(shown, list) and len(given) == len(shown):
        pairs = enumerate(zip(ordered(given), ordered(shown)))
        return [problem for index, pair in pairs for problem in unechoed(*pair, f"{place}[{index}]")]
    return [] if given == shown else [f"{place} was {short(given)} and is shown as {short(shown)}"]


def ordered(values):
    """Tags have no order, all other lists have."""
    are_tags = all(isinstance(value, dict) and set(value) == {"Key", "Value"} for value in values)
    return sorted(values, key=lambda tag: tag["Key"]) if are_tags else values


def joined(place, name):
    return f"{place}.{name}" if place else name


def short(value):
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:100]}… ({len(text)} characters)"
