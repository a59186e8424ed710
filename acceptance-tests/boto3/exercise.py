"""Drives a SageMaker service with boto3 through the life cycle of everything that can be created, and says what is wrong.

    python exercise.py --url http://127.0.0.1:4566 [--moto http://127.0.0.1:5000] [--group studio | --only Domain,App]
    python exercise.py --url http://127.0.0.1:4566 --list-gaps
    python exercise.py --list-groups

Ends with exit code 1 if anything is wrong. `docs/development/testing.md` has the rest.
"""

import argparse
import concurrent.futures
import pathlib
import sys
import tomllib

import botocore.session

import coverage
import generate
import model
import second_opinion
import kinds
from life_cycle import LifeCycle, World
from service import Service

WORKERS = 4
LONGEST_LINE = 400
VARIANTS = ("minimal", "maximal")


def main():
    options = arguments()
    known = kinds.load(model.load())
    if options.list_groups:
        print("\n".join(dict.fromkeys(kind.group for kind in known.values())))
    elif options.list_gaps:
        sys.exit(list_gaps(options.url, known))
    else:
        sys.exit(exercise(options, known))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="where the service listens")
    parser.add_argument("--moto", help="where moto listens, whose replies are to have the same shape")
    parser.add_argument("--group", help="only the kinds of this group")
    parser.add_argument("--only", help="only these kinds, with commas between them")
    parser.add_argument("--list-gaps", action="store_true", help="the operations that nothing exercises or serves")
    parser.add_argument("--list-groups", action="store_true", help="the groups of kinds")
    return parser.parse_args()


def list_gaps(url, known):
    """Says which operations are missing, and ends well if only those are that belong to kinds known not to be served."""
    unexercised = coverage.unexercised(model.load(), known)
    unserved = coverage.unserved(url, model.load())
    gaps = [f"nothing exercises {operation}: name it in acceptance-tests/boto3/kinds.toml" for operation in unexercised]
    gaps += [f"{operation} is not served" for operation in unserved]
    print("\n".join(gaps) or f"all {len(model.load().operations)} operations are exercised and served")
    awaited = {operation for name in listed_as_unserved() for operation in known[name].operations()}
    return 1 if unexercised or set(unserved) - awaited else 0


def exercise(options, known):
    chosen = [kind for kind in known.values() if is_chosen(kind, options)]
    if not chosen:
        print("there is no such kind")
        return 1
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        cycles = [pool.submit(problems, known, kind, options) for kind in chosen]
        failed = [report(kind, cycle.result()) for kind, cycle in zip(chosen, cycles)]
    return 1 if any(failed) else 0


def is_chosen(kind, options):
    if options.only:
        return kind.name in options.only.split(",")
    return options.group in (None, kind.group)


def problems(known, kind, options):
    """What is wrong with a kind. Each has a region for itself, so that it meets no objects but its own."""
    regions = sorted(botocore.session.Session().get_available_regions("sagemaker"))
    region = regions[list(known).index(kind.name) % len(regions)]
    service = Service(options.url, region)
    moto = Service(options.moto, region) if options.moto and second_opinion.implements(kind.create) else None
    found = []
    for variant in VARIANTS:
        cycle, met = run_life_cycle(known, kind, service, variant)
        if moto and cycle.replies:
            met += second_opinion.differences(cycle, run_life_cycle(known, kind, moto, variant)[0], second_opinion.load())
        found += [f"{variant}: {problem}" for problem in dict.fromkeys(met)]
    return against_unserved(kind, without_excused(kind, found))


def run_life_cycle(known, kind, service, variant):
    """A life cycle on a service, and its problems."""
    world = World(model.load(), generate.load_hints(), known, service, variant)
    cycle = LifeCycle(world, kind, variant == "maximal", variant)
    problems = cycle.run()
    return cycle, problems + world.end()


def without_excused(kind, problems):
    """The problems that the data does not excuse, and the excuses that nothing needs."""
    idle = [f"nothing needs the excuse `{excuse}`" for excuse in kind.excused if not any(excuse in problem for problem in problems)]
    return [problem for problem in problems if not any(excuse in problem for excuse in kind.excused)] + idle


def against_unserved(kind, problems):
    """The problems, but those of a kind that is known not to be served."""
    if kind.name not in listed_as_unserved():
        return problems
    return [] if problems else ["works, and is to be taken off unserved.toml"]


def listed_as_unserved():
    return tomllib.loads(pathlib.Path(__file__).with_name("unserved.toml").read_text(encoding="utf-8"))["kinds"]


def report(kind, problems):
    print(f"{'FAILED' if problems else 'ok    '} {kind.name}", flush=True)
    for problem in problems:
        print(f"       {problem[:LONGEST_LINE]}")
    return bool(problems)


if __name__ == "__main__":
    main()
