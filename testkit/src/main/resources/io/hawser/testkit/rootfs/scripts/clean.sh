#!/bin/sh
# Takes back what init.sh did. May run again, and on a host where init.sh never ran.
root=${HAWSER_ROOT:-}
line='net.ipv4.ip_forward = 1 # sample'

if [ -f "$root/etc/sysctl.conf" ] && grep -qxF "$line" "$root/etc/sysctl.conf"; then
  rest=$(grep -vxF "$line" "$root/etc/sysctl.conf"; echo end)
  printf %s "${rest%end}" >"$root/etc/sysctl.conf" || exit 1
fi
rm -f "$root/var/lib/sample/marker" "$root/usr/local/bin/sample-tool"
rmdir "$root/var/lib/sample" 2>/dev/null
echo "clean success"
