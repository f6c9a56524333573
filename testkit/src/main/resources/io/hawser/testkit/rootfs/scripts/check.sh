#!/bin/sh
# Says whether this host can take the rootfs. Changes nothing.
# Usage: check.sh REGISTRY_DATA
root=${HAWSER_ROOT:-}
data=$root${1:-/var/lib/registry}

if [ -e "$data" ] && [ ! -d "$data" ]; then
  echo "ERROR: $data exists and is no directory" >&2
  exit 1
fi
if [ -e "$root/etc/sample-blocked" ]; then
  echo "ERROR: $root/etc/sample-blocked says that this host is not to be used" >&2
  exit 1
fi
echo "check passed"
