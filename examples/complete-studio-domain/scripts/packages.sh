#!/bin/bash
# Runs whenever a JupyterLab app starts, as the user of the app. It has to end within five minutes.
set -euo pipefail

pip install --quiet polars
