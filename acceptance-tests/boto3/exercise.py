"""Drives a SageMaker service with boto3 through the life of everything that can be created, and says what is wrong.

    python exercise.py --url http://127.0.0.1:4566 [--moto http://127.0.0.1:5000] [--group studio | --only Domain,App]
    python exercise.py --list-groups | --list-gaps

Ends with exit code 1 if anything is wrong. `docs/testing.md` tells the rest.
"""

import argparse
import concurrent.futures
import sys

import botocore.session

import generate
import model
import things
from life import Life, World
from service import Service

WORKERS = 4


def main():
    options = arguments()
    facts = model.load()
    known = things.load(facts)
    chosen = [thing for thing in known.values() if wanted(thing, options)]
    if not chosen:
        sys.exit("there is no such thing")
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        lives = [pool.submit(problems, facts, known, thing, options) for thing in chosen]
        failed = sum(report(thing, life.result()) for thing, life in zip(chosen, lives))
    sys.exit(1 if failed else 0)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="where the service listens")
    parser.add_argument("--moto", help="where moto listens, whose replies are to have the same shape")
    parser.add_argument("--group", help="only the things of this group")
    parser.add_argument("--only", help="only these things, with commas between them")
    return parser.parse_args()


def wanted(thing, options):
    if options.only:
        return thing.name in options.only.split(",")
    return options.group in (None, thing.group)


def problems(facts, known, thing, options):
    """What is wrong with a thing. Each has a region for itself, so that it meets no objects but its own."""
    hints = generate.load_hints()
    regions = sorted(botocore.session.Session().get_available_regions("sagemaker"))
    service = Service(options.url, regions[list(known).index(thing.name) % len(regions)])
    found = []
    for variant in ("minimal", "maximal"):
        world = World(facts, hints, known, service)
        met = Life(world, thing, variant == "maximal", variant).run() + world.end()
        found += [f"{variant}: {problem}" for problem in met]
    return without_excused(thing, found)


def without_excused(thing, problems):
    """The problems that the data does not excuse, and the excuses that nothing needs."""
    idle = [f"nothing needs the excuse `{excuse}`" for excuse in thing.excused if not any(excuse in problem for problem in problems)]
    return [problem for problem in problems if not any(excuse in problem for excuse in thing.excused)] + idle


def report(thing, problems):
    print(f"{'FAILED' if problems else 'ok    '} {thing.name}", flush=True)
    for problem in problems:
        print(f"       {problem}")
    return bool(problems)


if __name__ == "__main__":
    main()
