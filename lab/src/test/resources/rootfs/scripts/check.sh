#!/bin/bash
# Says whether the host can take this rootfs. Argument: the registry's data directory.
cd "$(dirname "$0")" || exit 1
command -v containerd >/dev/null || { echo "ERROR: containerd is not installed"; exit 1; }
[ -n "$1" ] || { echo "ERROR: no data directory given"; exit 1; }
[ ! -f "$1" ] || { echo "ERROR: $1 is a file"; exit 1; }
