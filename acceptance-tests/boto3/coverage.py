"""Is every operation of the service exercised, and served? Says which are not."""

import botocore.config
import botocore.exceptions

import service


def unexercised(model, kinds):
    """The operations that are in no kind's life cycle."""
    called = {operation for kind in kinds.values() for operation in kind.operations()}
    return sorted(set(model.operations) - called)


def unserved(url, model):
    """The operations that the service at `url` does not have. It is sent a request without any member for each."""
    config = service.CONFIG.merge(botocore.config.Config(parameter_validation=False))
    client = service.SESSION.client("sagemaker", region_name="us-east-1", endpoint_url=url, config=config)
    names = {operation: method for method, operation in client.meta.method_to_api_mapping.items()}
    return [operation for operation in sorted(model.operations) if is_unknown(client, names[operation])]


def is_unknown(client, method):
    try:
        getattr(client, method)()
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"] == "UnknownOperationException"
    return False
