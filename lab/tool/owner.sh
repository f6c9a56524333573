#!/bin/bash
# Waits for a lab's owner to end, then ends the lab. A lab that is gone, or another one in its
# place, is none of its business.
set -euo pipefail
hosts=$1 STATE=$2 owner=$3 start=$4
export HAWSER_LAB_STATE=$STATE
# shellcheck source=/dev/null
. "$(dirname "$0")/common.sh"
remember "$STATE/owner.pid" $$
while [[ $(started_at "$owner") == "$start" ]]; do
  sleep 1
  [[ $(pid_in "$STATE/owner.pid") == "$$" ]] || exit 0
done
exec "$hosts" down
