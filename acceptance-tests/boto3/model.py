"""The SageMaker service model as botocore carries it. Facts only; knows nothing of requests or of what objects mean."""

import functools

import botocore.loaders


class Model:
    """Operations and shapes, by name, as dictionaries."""

    def __init__(self):
        loader = botocore.loaders.Loader()
        service = loader.load_service_model("sagemaker", "service-2")
        self.pages = loader.load_service_model("sagemaker", "paginators-1")["pagination"]
        self.operations = service["operations"]
        self.shapes = service["shapes"]

    def input(self, operation):
        """The name of the structure that an operation takes."""
        return self.operations[operation]["input"]["shape"]

    def output(self, operation):
        """The name of the structure that an operation replies with, or None if it replies with nothing."""
        return self.operations[operation].get("output", {}).get("shape")

    def errors(self, operation):
        return [error["shape"] for error in self.operations[operation].get("errors", [])]

    def members(self, structure):
        """The members of a structure: name to name of shape. Those of no structure are none."""
        facts = self.shapes[structure]["members"] if structure else {}
        return {name: reference["shape"] for name, reference in facts.items()}

    def required(self, structure):
        return self.shapes[structure].get("required", [])

    def listed(self, operation):
        """The member of a list operation's reply that holds the list."""
        if operation in self.pages:
            return self.pages[operation]["result_key"]
        members = self.members(self.output(operation)).items()
        return next(name for name, shape in members if self.shapes[shape]["type"] == "list")


@functools.cache
def load():
    return Model()
