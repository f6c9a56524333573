#!/bin/bash
# First process of a lab: holds its namespaces, so that all of it ends when this ends.
set -euo pipefail
STATE=$1 disk=$2 count=$3 net=$4 net6=$5
# shellcheck source=/dev/null
. "$(dirname "$0")/common.sh"
# /proc is still the machine's, so this is the id by which the machine knows us.
read -r self _ </proc/self/stat

ip -batch - <<END
link set lo up
link add br0 address 02:00:00:00:00:01 type bridge forward_delay 0 mcast_snooping 0
addr add $net.1/24 dev br0
addr add ${net6}1/64 dev br0 nodad
link set br0 up
END
for ((i = 1; i <= count; i++)); do
  mkdir -p "$STATE/hosts/$i/disk" "$STATE/hosts/$i/root"
  mount -t tmpfs -o "size=$disk,nr_inodes=1m,mode=755,nodev" "host$i" "$STATE/hosts/$i/disk"
done
remember "$STATE/controller.pid" "$self"
# The shell reaps whatever is left to it while it waits.
while :; do sleep 1000000; done
