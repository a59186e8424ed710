"""Does the report on a newer service model say what is new?"""

import pathlib
import sys
import tomllib
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "schemas"))
import model_report


def structure(members, **facts):
    return {"type": "structure", "members": members, **facts}


def operation(name, **facts):
    return {"input": f"{name}Request", "output": f"{name}Response", **facts}


TEXT = {"type": "string"}


def old():
    return {
        "source": "botocore 1",
        "operations": {
            "DescribeModel": operation("DescribeModel", errors=["ResourceNotFound"]),
            "DropModel": operation("DropModel"),
        },
        "shapes": {
            "DescribeModelRequest": structure({"ModelName": "Name"}, required=["ModelName"]),
            "DescribeModelResponse": structure({"State": "State", "Size": "Size", "Old": "Name"}, required=["Size"]),
            "DropModelRequest": structure({"ModelName": "Name"}),
            "DropModelResponse": structure({}),
            "Name": {**TEXT, "max": 63},
            "Size": {"type": "integer", "min": 1},
            "State": {**TEXT, "enum": ["On", "Off"]},
        },
    }


def new():
    """The old model with everything that can change."""
    model = old()
    model["source"] = "botocore 2"
    operations, shapes = model["operations"], model["shapes"]
    del operations["DropModel"], shapes["DropModelRequest"], shapes["DropModelResponse"]
    operations["DescribeModel"]["errors"] = ["Conflict"]
    shapes["DescribeModelResponse"] = structure({"State": "Name", "Size": "Size", "New": "Detail"}, required=["State", "New"])
    shapes["Name"]["max"] = 64
    shapes["State"]["enum"] = ["On", "Broken"]
    shapes["Detail"] = structure({"Reason": "Name"})
    return model


def gateway():
    """A model with a family, a query about it, a verb, and a presigned URL."""
    names = ["CreateGateway", "DescribeGateway", "UpdateGateway", "DeleteGateway", "ListGateways", "AddMember", "ListMembers"]
    names += ["CreatePresignedGatewayUrl"]
    shapes = {f"{name}{side}": structure({}) for name in names for side in ("Request", "Response")}
    given = {"Name": "Name", "Detail": "Detail", "Token": "Name", "Tags": "Tags"}
    shapes |= {
        "CreateGatewayRequest": structure(given, tokens=["Token"]),
        "DescribeGatewayRequest": structure({"Identifier": "Name"}, required=["Identifier"]),
        "DescribeGatewayResponse": structure({"Arn": "Name", "Status": "Status"}),
        "UpdateGatewayRequest": structure({"Identifier": "Name", "Detail": "Detail"}),
        "ListMembersRequest": structure({"Identifier": "Name", "NextToken": "Name"}),
        "AddMemberRequest": structure({"Identifier": "Name", "Token": "Name"}, tokens=["Token"]),
        "AddMemberResponse": structure({"Failed": "Failure"}),
        "CreatePresignedGatewayUrlRequest": structure({"Identifier": "Name"}),
        "CreatePresignedGatewayUrlResponse": structure({"Urls": "Url"}),
        "Detail": structure({"Reason": "Name"}),
        "Failure": structure({"Code": "Name"}),
        "Name": TEXT,
        "Status": {**TEXT, "enum": ["CREATING", "ACTIVE", "DELETING", "FAILED"]},
        "Tags": {"type": "list", "member": "Name"},
        "Url": structure({"Address": "Name"}),
    }
    return {"source": "botocore 3", "operations": {name: operation(name) for name in sorted(names)}, "shapes": shapes}


class Changes(unittest.TestCase):
    def section(self, title, described=frozenset(), texts=()):
        report = model_report.report(old(), new(), texts, described)
        lines = report.split(f"## {title}\n\n")[1].split("\n\n")[0].splitlines()
        return [line.removeprefix("- ") for line in lines]

    def test_operations_are_used_where_a_text_quotes_their_name(self):
        self.assertEqual(self.section("Operations without a use"), ["`DescribeModel`"])
        self.assertEqual(self.section("Operations without a use", texts=['read = "DescribeModel"']), ["None."])

    def test_operations_that_are_gone_or_changed_are_reported(self):
        self.assertEqual(self.section("Operations that are gone"), ["`DropModel`"])
        self.assertEqual(
            self.section("Operations that changed"), ["`DescribeModel`: errors was ['ResourceNotFound'] and is ['Conflict']"]
        )

    def test_new_members_are_reported_until_they_are_described(self):
        title = "Members without a description"
        self.assertEqual(self.section(title), ["`DescribeModelResponse.New`", "`Detail.Reason`"])
        self.assertEqual(self.section(title, {"Detail.Reason"}), ["`DescribeModelResponse.New`"])

    def test_members_that_are_gone_are_reported(self):
        self.assertEqual(self.section("Members that are gone"), ["`DescribeModelResponse.Old`", "`DropModelRequest.ModelName`"])

    def test_flags_enumerations_and_bounds_are_compared(self):
        response = "DescribeModelResponse"
        flags = [("State", "required now"), ("Size", "optional now"), ("New", "new and required")]
        flags = [f"`{response}.{member}` is {change}" for member, change in flags]
        self.assertEqual(self.section("Required flags that changed"), flags)
        enumerations = ["`State` has gained `Broken`", "`State` has lost `Off`"]
        self.assertEqual(self.section("Enumerations that changed"), enumerations)
        facts = [f"`{response}.State`: type was `State` and is `Name`", "`Name`: max was `63` and is `64`"]
        self.assertEqual(self.section("Types, bounds and patterns that changed"), facts)

    def test_the_same_model_has_nothing_new(self):
        report = model_report.report(old(), old(), ['"DescribeModel" "DropModel"'], set())
        self.assertEqual(report.count("None."), 8)
        self.assertNotIn("```", report)


class Beginnings(unittest.TestCase):
    def setUp(self):
        model = gateway()
        added = {path for path in model_report.members(model) if model_report.of(path) not in model_report.tops(model)}
        skeletons = model_report.skeletons(model, sorted(model["operations"]), added)
        self.files = {file: tomllib.loads("\n".join(lines)) for file, lines in skeletons}

    def test_a_family_becomes_a_resource(self):
        resource = self.files["schemas/gateway.toml"]
        verbs = {"create": "Create", "read": "Describe", "update": "Update", "delete": "Delete"}
        operations = {verb: f"{name}Gateway" for verb, name in verbs.items()}
        self.assertEqual(resource["operations"], {**operations, "list": "ListGateways"})
        self.assertEqual(resource["identity"], {"members": ["Name"], "arn": "Arn", "inputs": {"Identifier": "Name"}})
        self.assertEqual(resource["tags"], {})
        states = {"pending": ["CREATING"], "done": ["ACTIVE"], "failed": ["FAILED", "DELETING"]}
        self.assertEqual(resource["wait"]["create"], {"field": "Status", **states, "timeout": "…"})
        states = {"pending": ["DELETING"], "failed": ["FAILED"]}
        self.assertEqual(resource["wait"]["delete"], {"field": "Status", **states, "timeout": "…"})
        self.assertEqual(list(resource["descriptions"]), ["Name", "Detail", "Arn", "Status"])

    def test_questions_become_queries_and_verbs_actions(self):
        self.assertEqual(sorted(self.files["schemas/queries.toml"]["query"]), ["gateways", "members"])
        self.assertEqual(list(self.files["schemas/queries.toml"]["query"]["members"]["descriptions"]), ["Identifier"])
        action = {"operation": "AddMember", "description": "…", "descriptions": {"Identifier": "…"}}
        self.assertEqual(self.files["schemas/actions.toml"], {"action": {"add_member": action}})

    def test_what_is_described_for_all_queries_is_not_described_again(self):
        model = gateway()
        model["shapes"]["ListMembersRequest"] = structure({"NameContains": "Name", "Zone": "Name"})
        model["shapes"]["ListMembersResponse"] = structure({"Members": "Members", "NextToken": "Name"})
        model["shapes"]["Members"] = {"type": "list", "member": "Member"}
        model["shapes"]["Member"] = structure({"MemberName": "Name", "Zone": "Name", "Port": "Name"})
        text = "\n".join(model_report.queries(model, ["ListMembers"], {"NameContains", "MemberName"}))
        found = tomllib.loads(text)
        self.assertEqual(list(found["members"]), ["Port", "Zone"])
        self.assertEqual(list(found["query"]["members"]["descriptions"]), ["Zone", "Members"])

    def test_presigned_urls_become_ephemeral_resources(self):
        url = {"operation": "CreatePresignedGatewayUrl", "description": "…", "descriptions": {"Identifier": "…"}}
        self.assertEqual(self.files["schemas/ephemeral.toml"], {"ephemeral": {"presigned_gateway_url": url}})

    def test_an_object_that_the_service_names_is_identified_by_the_reply(self):
        model = gateway()
        model["shapes"]["CreateGatewayResponse"] = structure({"Arn": "Name"})
        model["shapes"]["DescribeGatewayRequest"] = structure({"Arn": "Name"}, required=["Arn"])
        resource = tomllib.loads("\n".join(model_report.resource(model, "Gateway")))
        self.assertEqual(resource["identity"], {"members": ["Arn"], "arn": "Arn"})
        self.assertIn("Arn", resource["descriptions"])

    def test_what_stops_and_never_starts_again_is_a_job(self):
        model = gateway()
        model["operations"]["StopGateway"] = operation("StopGateway")
        model["shapes"] |= {"StopGatewayRequest": structure({}), "StopGatewayResponse": structure({})}
        states = ["RUNNING", "STOPPING", "STOPPED", "COMPLETED", "FAILED"]
        model["shapes"]["Status"] = {**TEXT, "enum": states}
        model["shapes"]["DescribeGatewayResponse"] = structure({"Status": "Status", "FailureReason": "Name"})
        waits = tomllib.loads("\n".join(model_report.resource(model, "Gateway")))["wait"]
        states = {"pending": ["RUNNING", "STOPPING"], "done": ["COMPLETED"], "failed": ["FAILED", "STOPPED"]}
        completion = {"field": "Status", **states, "reasons": ["FailureReason"], "timeout": "…"}
        states = {"pending": ["RUNNING", "STOPPING"], "done": ["STOPPED", "COMPLETED", "FAILED"]}
        self.assertEqual(waits, {"completion": completion, "stop": {"field": "Status", **states, "timeout": "…"}})
        files = dict(model_report.skeletons(model, sorted(model["operations"]), set()))
        self.assertIn("[action.stop_gateway]", files["schemas/actions.toml"])

    def test_what_is_started_again_is_no_job(self):
        model = gateway()
        for name in ("StartGateway", "StopGateway"):
            model["operations"][name] = operation(name)
            model["shapes"] |= {f"{name}Request": structure({}), f"{name}Response": structure({})}
        resource = tomllib.loads("\n".join(model_report.resource(model, "Gateway")))
        self.assertNotIn("stop", resource["operations"])
        self.assertIn("create", resource["wait"])
        files = dict(model_report.skeletons(model, sorted(model["operations"]), set()))
        for action in ("start_gateway", "stop_gateway"):
            self.assertIn(f"[action.{action}]", files["schemas/actions.toml"])

    def test_a_deletion_without_states_is_over_when_the_object_is_gone(self):
        model = gateway()
        model["shapes"]["Status"] = {**TEXT, "enum": ["CREATING", "ACTIVE", "FAILED"]}
        waits = tomllib.loads("\n".join(model_report.resource(model, "Gateway")))["wait"]
        self.assertEqual(waits["delete"], {"timeout": "…"})

    def test_the_errors_of_the_delete_say_that_an_object_may_be_in_use(self):
        model = gateway()
        self.assertNotIn("in_use", tomllib.loads("\n".join(model_report.resource(model, "Gateway"))))
        model["operations"]["DeleteGateway"] = operation("DeleteGateway", errors=["ResourceInUse"])
        self.assertEqual(tomllib.loads("\n".join(model_report.resource(model, "Gateway")))["in_use"], "while …")

    def test_the_arn_takes_the_name_that_it_has_everywhere(self):
        model = gateway()
        self.assertNotIn("attributes", tomllib.loads("\n".join(model_report.resource(model, "Gateway"))))
        model["shapes"]["DescribeGatewayResponse"] = structure({"GatewayArn": "Name"})
        resource = tomllib.loads("\n".join(model_report.resource(model, "Gateway")))
        self.assertEqual(resource["attributes"], {"GatewayArn": {"name": "arn"}})

    def test_structures_are_described_unless_only_an_action_returns_them(self):
        self.assertEqual(self.files["schemas/shapes.toml"], {"Detail": {"Reason": "…"}, "Url": {"Address": "…"}})

    def test_names_follow_those_of_the_provider(self):
        self.assertEqual(model_report.snake("AutoMLJobV2"), "auto_ml_job_v2")
        self.assertEqual(model_report.words("AIBenchmarkJob"), "AI benchmark job")
        self.assertEqual([model_report.plural(name) for name in ("Gateway", "Policy")], ["Gateways", "Policies"])


if __name__ == "__main__":
    unittest.main()
