#!/bin/bash
# Takes back what init.sh did.
sed -i '/# sealos$/d' /etc/sysctl.conf
rm -f /etc/node-ready
