#!/bin/bash
# Prepares the system; a node's way of saying that it did is a file.
set -e
echo "net.ipv4.ip_forward = 1 # sealos" >>/etc/sysctl.conf
printf 'roles=%s\npassword=%s\n' "$SEALOS_SYS_RUN_MODE" "$odd" >/etc/node-ready
