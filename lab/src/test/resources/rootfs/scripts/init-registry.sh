#!/bin/bash
# Installs and starts the registry. Arguments: data directory, configuration directory.
set -e
cd "$(dirname "$0")"
data=$1 config=$2
[ -d "$data" ] || { echo "ERROR: $data is not there"; exit 1; }
mkdir -p "$config"
cp ../etc/registry_config.yml "$config/registry_config.yml"
cp ../etc/registry_htpasswd "$config/registry_htpasswd"
cp ../cri/registry /usr/bin/registry
chmod 0755 /usr/bin/registry
cp ../etc/registry.service /etc/systemd/system/registry.service
systemctl daemon-reload
systemctl enable registry
systemctl restart registry
