"""Compares the replies of a service with those of moto, an independent imitation: not the values, but the members and their types.

Which differences are right, `differences.toml` says with the reason.
"""

import functools
import pathlib
import re
import tomllib

from moto.core.utils import camelcase_to_underscores
from moto.sagemaker.responses import SageMakerResponse


def load():
    return tomllib.loads(pathlib.Path(__file__).with_name("differences.toml").read_text(encoding="utf-8"))


def implements(operation):
    """Whether moto has an operation."""
    return hasattr(SageMakerResponse, camelcase_to_underscores(operation))


def differences(cycle, of_moto, known):
    """Sentences about replies to the same step that differ in members or types, and about those that moto did not give."""
    echoes = {place for request in cycle.requests for place in shape(request, "")}
    both = [step for step in cycle.replies if step in of_moto.replies]
    found = [f"{operation}: moto has it, but answered nothing to compare with" for operation in unanswered(cycle, of_moto, known)]
    for step in both:
        operation, reply = cycle.replies[step]
        found += reply_differences(operation, shape(reply, ""), shape(of_moto.replies[step][1], ""), echoes, known)
    return list(dict.fromkeys(found))


def unanswered(cycle, of_moto, known):
    """The operations that moto has, but did not answer. Where it refuses to create, the rest needs no words."""
    answered = {operation for operation, _ in of_moto.replies.values()}
    called = {operation for operation, _ in cycle.replies.values()}
    missing = [operation for operation in sorted(called - answered) if implements(operation)]
    missing = [cycle.kind.create] if cycle.kind.create in missing else missing
    return [operation for operation in missing if not is_known(f"{cycle.kind.name}.{operation}", known["unanswered"])]


def reply_differences(operation, ours, theirs, echoes, known):
    """What only moto shows, what only we show beside what was given, and what is of another kind."""
    unlike = [place for place in ours if place in theirs and ours[place] != theirs[place]]
    found = [f"{operation}{place}: {ours[place]} here, {theirs[place]} in moto" for place in unlike]
    only_here = [place for place in topmost(ours, theirs) if place not in echoes]
    found += [f"{operation}{place}: not in moto" for place in only_here if not is_known(f"{operation}{place}", known["only_here"])]
    only_in_moto = [place for place in topmost(theirs, ours) if not is_known(f"{operation}{place}", known["only_in_moto"])]
    return found + [f"{operation}{place}: only in moto" for place in only_in_moto]


def topmost(places, others):
    """The places that the others lack, without the places below these."""
    return [place for place in places if place not in others and above(place) in others]


def above(place):
    return place[:-2] if place.endswith("[]") else place[: place.rfind(".")]


def shape(value, place):
    """The places in a request or reply, such as `.Models[].ModelArn`, and the kind of value there."""
    if isinstance(value, dict):
        inner = [shape(element, f"{place}.{name}") for name, element in value.items()]
    elif isinstance(value, list):
        inner = [shape(element, f"{place}[]") for element in value]
    else:
        return {place: "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__}
    return {place: type(value).__name__} | {key: kind for places in inner for key, kind in places.items()}


def is_known(place, groups):
    return any(pattern_of(known).fullmatch(place) for group in groups for known in group["places"])


@functools.cache
def pattern_of(place):
    return re.compile(re.escape(place).replace(r"\*", ".*"))
