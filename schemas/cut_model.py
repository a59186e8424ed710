"""Cuts `schemas/model.json` from the SageMaker model that the installed botocore carries, and prints it.

Facts only: operations, the shapes that their inputs and outputs reach, and the member that each paginated operation
lists. No documentation text. `schemas/renew` runs it with a botocore of its own.
"""

import json
import sys

import botocore
import botocore.loaders

# What pages are of where botocore knows no paginator. Those of descriptions are of parts of the one object.
PAGES = {
    "ListHubContentVersions": "HubContentSummaries",
    "ListHubContents": "HubContentSummaries",
    "ListHubs": "HubSummaries",
    "QueryLineage": "Vertices",
}

# What a shape of the source may say, and what is kept of it. Anything else stops the tool: it may be a fact.
KEPT = ["type", "min", "max", "pattern", "enum", "union", "sensitive"]
DROPPED = {"documentation", "box"}
PARTS = {"members", "required", "member", "key", "value"}
MEMBER_KEPT = {"shape", "idempotencyToken"}
# A deprecated member is still a member, and `jsonvalue` concerns HTTP headers, which this protocol does not use.
MEMBER_DROPPED = {"documentation", "box", "deprecated", "deprecatedMessage", "jsonvalue"}


def main():
    loader = botocore.loaders.Loader()
    service = loader.load_service_model("sagemaker", "service-2")
    pages = loader.load_service_model("sagemaker", "paginators-1")["pagination"]
    version = service["metadata"]["apiVersion"]

    refuse_unknown_pages(service, pages)
    results = PAGES | {name: facts["result_key"] for name, facts in pages.items()}
    operations = {name: cut_operation(facts, results.get(name)) for name, facts in sorted(service["operations"].items())}
    shapes = {name: cut_shape(name, service["shapes"][name]) for name in sorted(reached(service))}
    header = {
        "made_by": "schemas/cut_model.py; not to be edited by hand",
        "source": f"botocore {botocore.__version__}, sagemaker/{version}/service-2.json and paginators-1.json",
    }
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(written(header, operations, shapes))


def cut_operation(facts, pages):
    cut = {"input": facts["input"]["shape"]}
    if "output" in facts:
        cut["output"] = facts["output"]["shape"]
    if "errors" in facts:
        cut["errors"] = sorted(error["shape"] for error in facts["errors"])
    if pages:
        cut["pages"] = pages
    return cut


def refuse_unknown_pages(service, pages):
    for name, facts in service["operations"].items():
        output = service["shapes"][facts["output"]["shape"]]["members"] if "output" in facts else {}
        if "NextToken" in output and not name.startswith("Describe") and name not in pages and name not in PAGES:
            sys.exit(f"{name}: say in PAGES what its pages are of")
        if name in pages and name in PAGES:
            sys.exit(f"{name}: botocore knows what its pages are of, so it has to go from PAGES")


def cut_shape(name, facts):
    refuse_unknown(name, facts, DROPPED | PARTS | set(KEPT))
    cut = {key: facts[key] for key in KEPT if key in facts}
    if facts["type"] == "structure":
        members = facts["members"]
        for member, reference in members.items():
            refuse_unknown(f"{name}.{member}", reference, MEMBER_KEPT | MEMBER_DROPPED)
        cut["members"] = {member: reference["shape"] for member, reference in members.items()}
        cut["required"] = facts.get("required", [])
        cut["tokens"] = [member for member, reference in members.items() if reference.get("idempotencyToken")]
    for part in ("member", "key", "value"):
        if part in facts:
            refuse_unknown(f"{name}.{part}", facts[part], {"shape", "documentation"})
            cut[part] = facts[part]["shape"]
    return {key: value for key, value in cut.items() if value != []}


def refuse_unknown(place, facts, known):
    unknown = set(facts) - known
    if unknown:
        sys.exit(f"{place}: {sorted(unknown)} is new; decide whether it is a fact to keep")


def reached(service):
    """The names of all shapes below the inputs and outputs of operations. Errors are kept by their code alone."""
    found = set()
    waiting = [facts[side]["shape"] for facts in service["operations"].values() for side in ("input", "output") if side in facts]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            facts = service["shapes"][name]
            parts = [facts[part] for part in ("member", "key", "value") if part in facts]
            waiting += [reference["shape"] for reference in [*facts.get("members", {}).values(), *parts]]
    return found


def written(header, operations, shapes):
    """JSON with one operation or shape to a line, so that a new version of the model is a readable diff."""
    lines = [f"{quoted(key)}:{quoted(value)}," for key, value in header.items()]
    lines += ['"operations":{', ",\n".join(f"{quoted(name)}:{quoted(facts)}" for name, facts in operations.items()), "},"]
    lines += ['"shapes":{', ",\n".join(f"{quoted(name)}:{quoted(facts)}" for name, facts in shapes.items()), "}"]
    return "\n".join(["{", *lines, "}", ""])


def quoted(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
