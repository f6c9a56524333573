#!/bin/sh
# Takes back what init-registry.sh did; the data stay. May run again.
# Usage: clean-registry.sh REGISTRY_DATA REGISTRY_CONFIG
root=${HAWSER_ROOT:-}
data=${1:-/var/lib/registry}
config=${2:-/etc/registry}

if [ -f "$root/etc/systemd/system/registry.service" ]; then
  systemctl disable --now registry || exit 1
  rm -f "$root/etc/systemd/system/registry.service"
  systemctl daemon-reload
fi
rm -f "$root$config/registry_config.yml" "$root$config/registry_htpasswd"
rm -f "$root/usr/local/bin/registry"
rmdir "$root$config" 2>/dev/null
if [ -L "$root$data" ]; then
  rm -f "$root$data"
else
  rmdir "$root$data" 2>/dev/null
fi
echo "clean registry success"
