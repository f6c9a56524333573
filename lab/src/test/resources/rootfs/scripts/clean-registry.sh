#!/bin/bash
# Takes back what init-registry.sh did. Arguments: data directory, configuration directory.
config=$2
systemctl stop registry
systemctl disable registry
rm -f /etc/systemd/system/registry.service /usr/bin/registry
rm -rf "$config"
systemctl daemon-reload
exit 0
