"""Does the exerciser see what it is there to see?"""

import random
import types
import unittest

import conform
import generate
import life_cycle
import model
import pattern
import second_opinion
import kinds

MODEL = model.load()
KINDS = kinds.load(MODEL)


class Replies(unittest.TestCase):
    def problems(self, reply):
        return conform.problems(MODEL, "DescribeModelOutput", reply)

    def test_a_reply_that_keeps_to_the_model_has_no_problems(self):
        reply = {"ModelName": "m", "CreationTime": 1.5, "ModelArn": "arn:aws:sagemaker:us-east-1:123456789012:model/m"}
        self.assertEqual(self.problems(reply), [])

    def test_what_is_missing_unknown_and_of_the_wrong_kind_is_reported(self):
        self.assertEqual(
            self.problems({"ModelName": 1, "ModelArn": None, "Colour": "red"}),
            [
                "CreationTime is missing",
                "Colour is unknown to the model",
                "ModelName is 1, which is no string",
                "ModelArn is None, which is no string",
            ],
        )

    def test_values_that_break_a_rule_are_reported(self):
        reply = {"ModelName": "_", "CreationTime": True, "ModelArn": "arn", "InferenceExecutionConfig": {"Mode": "Twice"}}
        self.assertEqual([problem.split(" is ")[0] for problem in self.problems(reply)], [
            "ModelName", "CreationTime", "ModelArn", "ModelArn", "InferenceExecutionConfig.Mode",
        ])

    def test_what_is_not_echoed_is_reported(self):
        given = {"A": {"B": 1, "C": 2}, "D": [1, 2]}
        self.assertEqual(conform.unechoed(given, {"A": {"B": 2, "E": 3}, "D": [1]}), [
            "A.C is not shown", "A.B was 1 and is shown as 2", "D was [1, 2] and is shown as [1]",
        ])


class Inputs(unittest.TestCase):
    def generated(self, maximal):
        make = generate.Generator(MODEL, generate.load_hints(), KINDS["Model"], maximal, lambda *_: "other")
        return make.input("CreateModel", {"ModelName": "mine"})

    def test_a_minimal_input_has_what_is_needed(self):
        self.assertEqual(sorted(self.generated(maximal=False)), ["ModelName", "PrimaryContainer"])

    def test_a_maximal_input_has_everything_that_may_stand_together(self):
        missing = set(MODEL.members("CreateModelInput")) - set(self.generated(maximal=True))
        self.assertEqual(missing, {"Containers"})

    def test_the_same_input_comes_out_every_time(self):
        self.assertEqual(self.generated(maximal=True), self.generated(maximal=True))

    def test_every_pattern_of_the_model_can_be_met(self):
        for name, facts in MODEL.shapes.items():
            if "pattern" in facts and facts["type"] == "string":
                limits = max(facts.get("min", 0), 1), facts.get("max", 256)
                for long in (False, True):
                    text = pattern.sample(facts["pattern"], *limits, long, random.Random(name))
                    self.assertEqual(conform.problems(MODEL, name, text), [])


class States(unittest.TestCase):
    def test_a_status_that_says_in_progress_is_waited_for(self):
        for status in ("Creating", "InProgress", "UPDATING", "Pending", "DELETE_IN_PROGRESS", "CreateInProgress", "Stopping"):
            self.assertTrue(life_cycle.UNDER_WAY.fullmatch(status), status)
        for status in ("InService", "Completed", "Stopped", "Scheduled", "Running", "Created"):
            self.assertFalse(life_cycle.UNDER_WAY.fullmatch(status), status)


class SecondOpinion(unittest.TestCase):
    def differences(self, reply, of_moto):
        known = {"unanswered": [], "only_here": [], "only_in_moto": [{"places": ["DescribeModel.Vpc*"]}]}
        replies = {"describe": ("DescribeModel", reply)}
        ours = types.SimpleNamespace(kind=KINDS["Model"], requests=[{"Given": 1}], replies=replies)
        theirs = types.SimpleNamespace(replies={"describe": ("DescribeModel", of_moto)} if of_moto is not None else {})
        return second_opinion.differences(ours, theirs, known)

    def test_only_what_nobody_gave_and_nobody_knows_of_is_a_difference(self):
        ours = {"Same": 1, "Given": 1, "New": {"Inner": 1}, "Other": "1"}
        self.assertEqual(self.differences(ours, {"Same": 2, "Other": 1, "VpcConfig": {}, "Extra": []}), [
            "DescribeModel.Other: str here, number in moto",
            "DescribeModel.New: not in moto",
            "DescribeModel.Extra: only in moto",
        ])

    def test_no_answer_is_a_difference_where_moto_has_the_operation(self):
        self.assertEqual(self.differences({}, None), ["DescribeModel: moto has it, but answered nothing to compare with"])


if __name__ == "__main__":
    unittest.main()
