"""Calls of the API as boto3 makes them, with the JSON of each reply as it came over the wire."""

import json
import threading

import boto3
import botocore.config
import botocore.exceptions

# Making clients is not thread-safe, using them is.
MAKING = threading.Lock()
SESSION = boto3.session.Session(aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="any")
CONFIG = botocore.config.Config(retries={"total_max_attempts": 1}, read_timeout=30, max_pool_connections=1)


class Refused(Exception):
    """The service said no, or answered what boto3 cannot read."""

    def __init__(self, operation, code, message):
        words = " ".join(message.split())
        super().__init__(f"{operation}: {code}: {words[:300]}")
        self.operation = operation
        self.code = code


class Service:
    """A client of one service in one region. Remembers which operations have succeeded."""

    def __init__(self, url, region):
        with MAKING:
            self.client = SESSION.client("sagemaker", region_name=region, endpoint_url=url, config=CONFIG)
        self.client.meta.events.register("before-parse.sagemaker", self.keep_body)
        self.names = {operation: method for method, operation in self.client.meta.method_to_api_mapping.items()}
        self.body = b""
        self.succeeded = set()

    def call(self, operation, given):
        """The reply as JSON. botocore has then found the input to be what its model says, and could read the reply."""
        try:
            getattr(self.client, self.names[operation])(**given)
        except botocore.exceptions.ClientError as error:
            raise Refused(operation, error.response["Error"]["Code"], error.response["Error"]["Message"]) from error
        except (botocore.exceptions.BotoCoreError, ValueError) as error:
            raise Refused(operation, type(error).__name__, str(error)) from error
        self.succeeded.add(operation)
        return json.loads(self.body or b"{}")

    def keep_body(self, response_dict, **_):
        self.body = response_dict["body"]
