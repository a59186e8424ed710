"""Measures a release build: size, start, memory, Terraform's plan of many objects, and what a throttled call costs.

    cargo build --release
    python3 acceptance-tests/figures.py [--objects 1000] [--throttled 1,20,360,2000] [target/release/terraform-provider-sagemaker]

Needs Python 3.11 and terraform (or tofu) on the PATH. Everything runs on loopback. Nothing else should be running: the
figures are medians of wall-clock times. Prints Markdown.
"""

import argparse
import json
import os
import pathlib
import platform
import resource
import shutil
import socket
import statistics
import struct
import subprocess
import tempfile
import time
import urllib.request

STARTS = 20
RUNS = 3
COOKIE = {
    "TF_PLUGIN_MAGIC_COOKIE": "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    "PLUGIN_PROTOCOL_VERSIONS": "5",
}

# Frame types and flags of HTTP/2, as far as one call over a fresh connection needs them.
DATA, HEADERS, SETTINGS, WINDOW_UPDATE = 0, 1, 4, 8
END_STREAM, END_HEADERS, ACK = 1, 4, 1


def frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def literal(name, value):
    """A header that no table knows (RFC 7541, 6.2.2)."""
    return b"\0" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


def exactly(connection, count):
    parts = b""
    while len(parts) < count:
        part = connection.recv(count - len(parts))
        if not part:
            raise ConnectionError("the provider hung up")
        parts += part
    return parts


def call_get_schema(path):
    """Calls GetSchema over a Unix socket and gives back how many bytes the answer has."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        headers = b"".join(
            literal(name, value)
            for name, value in [
                (":method", "POST"),
                (":scheme", "http"),
                (":path", "/tfplugin5.Provider/GetSchema"),
                (":authority", "localhost"),
                ("te", "trailers"),
                ("content-type", "application/grpc"),
            ]
        )
        largest = 2**31 - 1
        connection.sendall(
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            + frame(SETTINGS, 0, 0, struct.pack(">HI", 4, largest))
            + frame(WINDOW_UPDATE, 0, 0, struct.pack(">I", largest - 65535))
            + frame(HEADERS, END_HEADERS, 1, headers)
            + frame(DATA, END_STREAM, 1, b"\0" * 5)
        )
        received = 0
        while True:
            length, kind, flags, stream = struct.unpack(">IBBI", b"\0" + exactly(connection, 9))
            exactly(connection, length)
            if kind == SETTINGS and not flags & ACK:
                connection.sendall(frame(SETTINGS, ACK, 0, b""))
            if stream == 1:
                received += length if kind == DATA else 0
                if flags & END_STREAM:
                    return received


def start(program):
    """One start as a host does it: milliseconds to the handshake and to the schema, bytes of it, resident memory."""
    begun = time.perf_counter()
    provider = subprocess.Popen(
        [program], env=os.environ | COOKIE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        line = provider.stdout.readline()
        shaken = time.perf_counter()
        size = call_get_schema(line.split("|")[3])
        served = time.perf_counter()
        status = pathlib.Path(f"/proc/{provider.pid}/status").read_text().splitlines()
        memory = next(int(entry.split()[1]) for entry in status if entry.startswith("VmRSS"))
    finally:
        provider.kill()
        provider.wait()
    return (shaken - begun) * 1000, (served - begun) * 1000, size, memory / 1024


CONFIGURATIONS = """
terraform {
  required_providers {
    sagemaker = { source = "sagemaker-rs/sagemaker" }
  }
}

provider "sagemaker" {
  region     = "eu-central-1"
  access_key = "local"
  secret_key = "local"
  endpoints {
    sagemaker = "%(url)s"
    sts       = "%(url)s"
  }
}

resource "sagemaker_model" "all" {
  name               = "model"
  execution_role_arn = "arn:aws:iam::123456789012:role/test"
  primary_container {
    image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/test:1"
  }
}

resource "sagemaker_endpoint_configuration" "all" {
  count = %(objects)d
  name  = "configuration-${count.index}"
  production_variants {
    variant_name           = "main"
    model_name             = sagemaker_model.all.name
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }
}
"""

PLAN = ["plan", "-input=false", "-detailed-exitcode"]


class Stack:
    """Objects that are applied, in a directory and on a local service of their own."""

    def __init__(self, program, cli, objects):
        self.program, self.cli = program, cli
        self.directory = tempfile.TemporaryDirectory()
        rc = pathlib.Path(self.directory.name, "rc")
        rc.write_text(
            f'provider_installation {{\n  dev_overrides {{ "sagemaker-rs/sagemaker" = "{program.parent}" }}\n  direct {{}}\n}}\n'
        )
        self.environment = os.environ | {"TF_CLI_CONFIG_FILE": str(rc), "CHECKPOINT_DISABLE": "1"}
        self.service = subprocess.Popen(
            [program, "local", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True
        )
        self.url = self.service.stdout.readline().split()[-1]
        text = CONFIGURATIONS % {"url": self.url, "objects": objects}
        pathlib.Path(self.directory.name, "main.tf").write_text(text)

    def __enter__(self):
        try:
            self.run("apply", "-input=false", "-auto-approve")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.service.terminate()
        self.service.wait()
        self.directory.cleanup()

    def run(self, *arguments, **variables):
        """Seconds that a command takes."""
        begun = time.perf_counter()
        subprocess.run(
            [self.cli, *arguments],
            cwd=self.directory.name,
            env=self.environment | variables,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.perf_counter() - begun

    def median(self, *arguments, **variables):
        return statistics.median(self.run(*PLAN, *arguments, **variables) for _ in range(RUNS))

    def throttled(self, operation):
        """Seconds of a plan in which one call is throttled once."""
        fault = json.dumps([{"operation": operation, "kind": "throttle"}]).encode()
        seconds = []
        for _ in range(RUNS):
            request = urllib.request.Request(self.url + "/admin/faults", fault, {"Content-Type": "application/json"})
            urllib.request.urlopen(request).close()
            seconds.append(self.run(*PLAN))
        return statistics.median(seconds)

    def processor_time(self):
        """Seconds of processor time that a plan costs the host, and the provider."""
        provider = subprocess.Popen(
            [self.program, "-debug"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            line = next(line for line in provider.stdout if "TF_REATTACH_PROVIDERS=" in line)
            reattach = line.split("=", 1)[1].strip().strip("'")
            hosts, providers = children(), of_process(provider.pid)
            self.run(*PLAN, TF_REATTACH_PROVIDERS=reattach)
            return children() - hosts, of_process(provider.pid) - providers
        finally:
            provider.kill()
            provider.wait()


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def of_process(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def processor():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("program", nargs="?", default="target/release/terraform-provider-sagemaker")
    options.add_argument("--objects", type=int, default=1000)
    options.add_argument("--throttled", default="1,20,360,2000", help="of how many objects a plan is throttled once")
    options = options.parse_args()
    program = pathlib.Path(options.program).resolve()
    cli = shutil.which("terraform") or shutil.which("tofu")

    starts = [start(program) for _ in range(STARTS)]
    shaken, served, sizes, memory = (statistics.median(column) for column in zip(*starts))
    print(f"| figure | {os.cpu_count()} cores, {processor()} |")
    print("| --- | --- |")
    print(f"| size of the binary | {program.stat().st_size:,} bytes |")
    print(f"| start to handshake, median of {STARTS} | {shaken:.1f} ms |")
    print(f"| start to schema served, median of {STARTS} | {served:.1f} ms |")
    print(f"| size of the schema | {sizes:,.0f} bytes |")
    print(f"| resident memory after the schema | {memory:.1f} MiB |")
    if not cli:
        raise SystemExit("no terraform or tofu is on the PATH: no plans are measured")

    name = pathlib.Path(cli).name
    with Stack(program, cli, options.objects) as stack:
        what = f"{name} plan of {options.objects:,} endpoint configurations, median of {RUNS}"
        print(f"| {what} | {stack.median():.1f} s |")
        print(f"| the same with `-refresh=false` | {stack.median('-refresh=false'):.1f} s |")
        print(f"| the same with `GOGC=400` | {stack.median(GOGC='400'):.1f} s |")
        host, provider = stack.processor_time()
        print(f"| processor time of such a plan: {name}, the provider | {host:.1f} s, {provider:.1f} s |")
    for objects in [int(objects) for objects in options.throttled.split(",")]:
        with Stack(program, cli, objects) as stack:
            plain = stack.median()
            described, tagged = (stack.throttled(operation) for operation in ["DescribeEndpointConfig", "ListTags"])
        print(f"| plan of {objects:,}; one describe throttled; one ListTags | {plain:.2f} s; {described:.2f} s; {tagged:.2f} s |")


if __name__ == "__main__":
    main()
