#!/bin/sh
# Prepares the system. May run again.
root=${HAWSER_ROOT:-}
line='net.ipv4.ip_forward = 1 # sample'

mkdir -p "$root/var/lib/sample" "$root/usr/local/bin" || exit 1
cp ../bin/sample-tool "$root/usr/local/bin/sample-tool" || exit 1
echo initialised >"$root/var/lib/sample/marker" || exit 1
touch "$root/etc/sysctl.conf"
grep -qxF "$line" "$root/etc/sysctl.conf" || echo "$line" >>"$root/etc/sysctl.conf" || exit 1
echo "init success"
