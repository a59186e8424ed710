"""How many requests the local SageMaker answers in a second on one processor core, and whether its memory stays flat.

    python3 acceptance-tests/boto3/load.py target/release/terraform-provider-sagemaker
    python3 acceptance-tests/boto3/load.py target/release/terraform-provider-sagemaker --life-cycles
    python3 acceptance-tests/boto3/load.py target/release/terraform-provider-sagemaker --life-cycles --data /tmp/objects

Starts the server on one core and sends requests from another, over several connections that are kept alive. Needs Linux and nothing but
Python's own library. Measures; checks nothing.
"""

import argparse
import json
import os
import pathlib
import re
import socket
import subprocess
import time

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/image:1"
SIGNATURE = (
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/sagemaker/aws4_request, "
    f"SignedHeaders=host;x-amz-date, Signature={'0' * 64}"
)


def main():
    options = arguments()
    command = [options.program, "local", "--listen", "127.0.0.1:0", "--latency", "0"]
    if options.data:
        command += ["--data", options.data]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: os.sched_setaffinity(0, {0})) as server:
        try:
            measure(server, options)
        finally:
            server.terminate()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="the provider's binary")
    parser.add_argument("--requests", type=int, default=100_000, help="how many requests are measured")
    parser.add_argument("--connections", type=int, default=8, help="how many connections send at the same time")
    parser.add_argument("--life-cycles", action="store_true", help="create, describe, tag, update and delete instead of describing alone")
    parser.add_argument("--data", metavar="FILE", help="have everything kept in this new file")
    return parser.parse_args()


def measure(server, options):
    os.sched_setaffinity(0, set(range(1, os.cpu_count() or 1)) or {0})
    host, port = re.search(r"http://(.*):(\d+)", server.stdout.readline()).groups()
    connections = [socket.create_connection((host, int(port))) for _ in range(options.connections)]
    script = life_cycles(len(connections)) if options.life_cycles else descriptions(connections)
    send_script(connections, script, options.requests // 10)
    before = resident_kilobytes(server.pid)
    started = time.perf_counter()
    sent = send_script(connections, script, options.requests)
    seconds = time.perf_counter() - started
    after = resident_kilobytes(server.pid)
    print(f"{sent / seconds:.0f} requests a second ({sent} in {seconds:.1f} s, {options.connections} connections, one core)")
    print(f"resident memory: {before} kB before, {after} kB after")
    if options.data:
        print(f"data file: {os.path.getsize(options.data)} bytes")


def descriptions(connections):
    """What is called round by round, for each connection: always the same model."""
    exchange(connections[:1], [request("CreateModel", {"ModelName": "measured", "PrimaryContainer": {"Image": IMAGE}})])
    return [[request("DescribeModel", {"ModelName": "measured"})] * len(connections)]


def life_cycles(count):
    """What is called round by round, for each connection: the life cycle of a kind of its own."""
    names = [f"measured-{number}" for number in range(count)]
    arns = [f"arn:aws:sagemaker:us-east-1:123456789012:experiment/{name}" for name in names]
    tags = [{"Key": "measured", "Value": "yes"}]
    return [
        [request("CreateExperiment", {"ExperimentName": name, "Description": "a"}) for name in names],
        [request("DescribeExperiment", {"ExperimentName": name}) for name in names],
        [request("AddTags", {"ResourceArn": arn, "Tags": tags}) for arn in arns],
        [request("ListTags", {"ResourceArn": arn}) for arn in arns],
        [request("UpdateExperiment", {"ExperimentName": name, "Description": "b"}) for name in names],
        [request("ListExperiments", {}) for name in names],
        [request("DeleteExperiment", {"ExperimentName": name}) for name in names],
    ]


def request(operation, given):
    body = json.dumps(given)
    headers = {
        "Host": "localhost",
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Date": "20260101T000000Z",
        "X-Amz-Target": f"SageMaker.{operation}",
        "Authorization": SIGNATURE,
        "Content-Length": len(body),
    }
    lines = ["POST / HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", body]
    return "\r\n".join(lines).encode()


def send_script(connections, script, count):
    """Runs through the script as a whole until at least so many requests were answered; gives their number."""
    sent = 0
    while sent < count:
        for messages in script:
            exchange(connections, messages)
            sent += len(messages)
    return sent


def exchange(connections, messages):
    """One request on each connection, all under way at the same time."""
    for connection, message in zip(connections, messages):
        connection.sendall(message)
    for connection in connections:
        receive(connection)


def receive(connection):
    reply = connection.recv(65536)
    while not is_whole(reply):
        more = connection.recv(65536)
        if not more:
            raise ConnectionError(f"the server hung up after {reply!r}")
        reply += more
    if not reply.startswith(b"HTTP/1.1 200 "):
        raise ConnectionError(f"refused: {reply!r}")


def is_whole(reply):
    head, separator, body = reply.partition(b"\r\n\r\n")
    return bool(separator) and len(body) == int(re.search(rb"(?i)content-length: *(\d+)", head)[1])


def resident_kilobytes(process):
    status = pathlib.Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s*(\d+) kB", status)[1])


if __name__ == "__main__":
    main()
