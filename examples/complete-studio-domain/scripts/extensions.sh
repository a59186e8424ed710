#!/bin/bash
# Runs whenever a Code Editor app starts.
set -euo pipefail

sagemaker-code-editor --install-extension ms-python.python \
  --extensions-dir /opt/amazon/sagemaker/sagemaker-code-editor-server-data/extensions
