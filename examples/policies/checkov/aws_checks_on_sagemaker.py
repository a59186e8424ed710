"""Applies Checkov's checks of `aws_sagemaker_*` types to the `sagemaker_*` types of this provider.

The checks are Checkov's own objects, registered under a second name. README.md says why.
"""

import logging


def stop(error):
    """Ends the scan. After an exception of a custom check, Checkov continues, and would report nothing."""
    logging.error("This version of Checkov cannot check sagemaker_* types: %s", error)
    raise SystemExit(2) from error


try:
    from checkov.common.checks_infra.registry import get_graph_checks_registry
    from checkov.common.checks_infra.resources_types import resources_types
    from checkov.terraform.checks.provider.registry import provider_registry
    from checkov.terraform.checks.resource.registry import resource_registry
except ImportError as error:
    stop(error)

THEIRS = "aws_sagemaker_"


def own(theirs):
    """`sagemaker_model` for `aws_sagemaker_model`: the arguments have the same names."""
    return theirs.removeprefix("aws_")


def widen(types):
    """Adds our name of each SageMaker type to the list; returns whether the list has any."""
    theirs = [name for name in types if name.startswith(THEIRS)]
    types += [own(name) for name in theirs if own(name) not in types]
    return bool(theirs)


def share(checks, theirs, ours):
    """Runs the checks of one entity on another, too. Checkov loads this file once for each framework."""
    checks[ours] += [check for check in checks[theirs] if check not in checks[ours]]


def widen_resource_checks():
    """Returns the number of types that have checks."""
    types = [name for name in resource_registry.checks if name.startswith(THEIRS)]
    for name in types:
        share(resource_registry.checks, name, own(name))
    return len(types)


def widen_condition(condition):
    """Widens a condition of a graph check and those below it; returns whether one is about a SageMaker type."""
    lists = [condition.resource_types, condition.connected_resources_types]
    if condition.attribute == "resource_type" and isinstance(condition.attribute_value, list):
        lists.append(condition.attribute_value)
    changed = [widen(types) for types in lists] + [widen_condition(below) for below in condition.sub_checks]
    return any(changed)


def widen_graph_checks():
    registry = get_graph_checks_registry("terraform")
    registry.load_checks()
    for check in filter(widen_condition, registry.checks):
        # A solver keeps a copy of some of the lists.
        providers = check.solver.providers
        check.set_solver(registry.parser.get_check_solver(check))
        check.solver.providers = providers


def widen_all():
    # Before the graph checks: a team's own checks of all resources of AWS, which are loaded later, read these lists.
    for types in resources_types.values():
        widen(types)
    widen_graph_checks()
    share(provider_registry.checks, "aws", "sagemaker")
    if not widen_resource_checks():
        raise LookupError("it has no checks of aws_sagemaker_* types")


try:
    widen_all()
except Exception as error:
    stop(error)
