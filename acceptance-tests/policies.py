"""Do policy tools find in sagemaker_* resources what they find in aws_sagemaker_* resources?

Checkov as it is reads the configuration and its plan under the names of hashicorp/aws. With examples/policies/checkov
it has to find the same under ours, and examples/policies/opa has to deny what Checkov finds in the plan. The schemas
have to be what terraform-ls reads. Exit code 1, and a table, if anything differs.

    python policies.py --configuration DIRECTORY --plan PLAN.json --schemas SCHEMAS.json
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import regopy

POLICIES = pathlib.Path(__file__).resolve().parent.parent / "examples/policies"

# What resources of terraform_data, which need no provider, stand for.
STAND_INS = {
    "role": "aws_iam_role",
    "key": "aws_kms_key",
    "group_of_notebook": "aws_security_group",
    "group_of_nothing": "aws_security_group",
}

# A check as teams write it, about the resources of AWS that a word stands for.
CHECK_OF_A_TEAM = """
metadata: {id: TEAM_%(types)s, name: Resources have a team, category: GENERAL_SECURITY}
scope: {provider: aws}
definition: {cond_type: attribute, resource_types: %(types)s, attribute: tags.team, operator: exists}
"""

# Checks that name every type of AWS in a condition, and are about types of other services.
OF_OTHER_SERVICES = {"CKV2_AWS_37", "CKV2_AWS_75"}

Finding = collections.namedtuple("Finding", "check resource")


def with_resources_of_aws(text):
    """The configuration or plan with resources of hashicorp/aws in place of stand-ins."""
    for name, kind in STAND_INS.items():
        text = re.sub(rf"terraform_data\.{name}\b", f"{kind}.{name}", text)
        text = text.replace(f'"terraform_data" "{name}"', f'"{kind}" "{name}"')
        text = text.replace(f'"type":"terraform_data","name":"{name}"', f'"type":"{kind}","name":"{name}"')
    return text


def under_names_of_aws(text):
    """Types and provider by their names in hashicorp/aws."""
    text = re.sub(r'provider "sagemaker"', 'provider "aws"', text)
    text = re.sub(r'"name":"sagemaker"', '"name":"aws"', text)
    return re.sub(r"\bsagemaker_(?=[a-z])", "aws_sagemaker_", text)


def our_name(resource):
    return re.sub(r"^aws\.", "sagemaker.", resource.replace("aws_sagemaker_", "sagemaker_"))


class Workspace:
    """A temporary directory with the configuration and the plan under both names."""

    def __init__(self, directory, configuration, plan):
        self.root = pathlib.Path(directory)
        self.own_checks = self.root / "checks-of-a-team"
        self.own_checks.mkdir()
        for types in ("all", "taggable"):
            (self.own_checks / f"{types}.yaml").write_text(CHECK_OF_A_TEAM % {"types": types})
        for side, rename in (("ours", lambda text: text), ("theirs", under_names_of_aws)):
            for source in configuration.glob("**/*.tf"):
                if ".terraform" not in source.parts:
                    self.write(f"{side}/{source.relative_to(configuration)}", rename(source.read_text()))
            self.write(f"{side}.json", rename(plan))

    def write(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(with_resources_of_aws(text))

    def scan(self, side, is_plan):
        """What Checkov finds on a side: the verdict of each finding, without that of secrets in any text."""
        target = ["-f", f"{side}.json"] if is_plan else ["-d", side]
        checks = [POLICIES / "checkov"] if side == "ours" else []
        options = [word for path in [*checks, self.own_checks] for word in ("--external-checks-dir", str(path))]
        framework = "terraform_plan" if is_plan else "terraform"
        output = checkov(*target, "--framework", framework, *options, "--output", "json", cwd=self.root)
        results = json.loads(output)["results"]
        verdicts = {}
        for verdict in ("passed", "failed", "skipped"):
            for found in results[f"{verdict}_checks"]:
                verdicts[Finding(found["check_id"], our_name(found["resource"]))] = verdict
        return verdicts

    def deny(self):
        """What the Rego policies deny in our plan."""
        rego = regopy.Interpreter()
        for policy in (POLICIES / "opa").glob("*.rego"):
            rego.add_module(policy.stem, policy.read_text())
        # As a term, since `set_input` does not escape the quotes in addresses.
        rego.set_input_term((self.root / "ours.json").read_text())
        denied = rego.query("[denied | some denied in data.main.deny]").results[0].expressions[0]
        return {Finding(finding["id"], finding["resource"]): "failed" for finding in denied}


def checkov(*arguments, cwd=None):
    """What Checkov prints, without calling its makers. Exit code 1 means findings."""
    program = pathlib.Path(sys.executable).parent / "checkov"
    command = [program, *arguments, "--skip-download"]
    run = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if run.returncode not in (0, 1) or "Cannot load" in run.stderr or "Traceback" in run.stderr:
        sys.exit(f"{command} failed with {run.returncode}:\n{run.stderr}")
    return run.stdout


def checks_of_sagemaker():
    """Pairs of id and type, in our names, of what Checkov checks."""
    rows = re.findall(r"\| (CKV\w+) +\| resource +\| aws_(sagemaker_\w+)", checkov("--list"))
    return {(check, kind) for check, kind in rows if check not in OF_OTHER_SERVICES}


def differences(where, left, right):
    """Rows of a table: what one side finds and the other does not."""
    rows = ((where, *key, left.get(key, "-"), right.get(key, "-")) for key in sorted(left.keys() | right.keys()))
    return [row for row in rows if row[-1] != row[-2]]


def never_seen(where, checks, verdicts):
    """Rows for checks that the configuration does not satisfy, or not violate, on a resource of a type."""
    kinds = collections.defaultdict(set)
    for (check, resource), verdict in verdicts.items():
        kinds[check, resource.split(".")[-2]].add(verdict)
    missing = ((key, verdict) for key in sorted(checks) for verdict in ("passed", "failed") if verdict not in kinds[key])
    return [(where, *key, "never", verdict) for key, verdict in missing]


def findings(arguments):
    """Rows of the table of all differences, and the number of findings that were compared."""
    with tempfile.TemporaryDirectory() as directory:
        workspace = Workspace(directory, arguments.configuration, arguments.plan.read_text())
        checks = checks_of_sagemaker()
        rows, count = [], 0
        for where, is_plan in (("configuration", False), ("plan", True)):
            ours, theirs = workspace.scan("ours", is_plan), workspace.scan("theirs", is_plan)
            rows += differences(f"Checkov, {where}", ours, theirs) + never_seen(f"Checkov, {where}", checks, ours)
            count += len(ours)
        ids = {check for check, _ in checks} | {"CKV_AWS_41"}
        failed = {finding: it for finding, it in ours.items() if finding.check in ids and it == "failed"}
        denied = workspace.deny()
        return rows + differences("Rego, plan", denied, failed), count + len(denied)


def faults_of_schema(path, block):
    """What terraform-ls would show nothing for, or drop, in a block of the output of `terraform providers schema`."""
    described = [(path, block)] + [(f"{path}.{name}", it) for name, it in block.get("attributes", {}).items()]
    for name, it in described:
        if not it.get("description") or it.get("description_kind") not in ("plain", "markdown"):
            yield name, "has no description"
    for name, it in described[1:]:
        if "type" not in it:
            yield name, "has no type"
        if not any(it.get(key) for key in ("required", "optional", "computed")):
            yield name, "is set by nobody"
    for name, nested in block.get("block_types", {}).items():
        if nested["nesting_mode"] not in ("single", "list", "set", "map"):
            yield f"{path}.{name}", "has a nesting mode that is not shown"
        yield from faults_of_schema(f"{path}.{name}", nested["block"])


def schemas(arguments):
    """Rows for faults of the schemas, and the number of types."""
    providers = json.loads(arguments.schemas.read_text())["provider_schemas"]
    [provider] = [it for name, it in providers.items() if name.endswith("/sagemaker")]
    blocks = {"provider": provider["provider"]["block"]}
    for category, entries in provider.items():
        if category.endswith("_schemas") and category != "resource_identity_schemas":
            blocks |= {f"{category}.{name}": entry["block"] for name, entry in entries.items()}
    faults = [fault for path, block in blocks.items() for fault in faults_of_schema(path, block)]
    return [("terraform-ls", path, fault, "", "") for path, fault in faults], len(blocks)


def show(rows):
    header = ("where", "check", "resource", "ours", "expected")
    widths = [max(map(len, column)) for column in zip(header, *rows)]
    for row in (header, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("configuration", "plan", "schemas"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    (of_tools, findings_count), (of_schemas, types) = findings(arguments), schemas(arguments)
    rows = of_tools + of_schemas
    if rows:
        show(rows)
        return f"{len(rows)} differences"
    print(f"{findings_count} findings and {types} schemas: no difference")
    return None


if __name__ == "__main__":
    sys.exit(main())
