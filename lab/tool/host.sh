# shellcheck shell=bash
# One host: power, link, commands on it.

# Starts host I's first process, in namespaces within the controller's.
boot() {
  local dir
  dir=$(host_dir "$1")
  rm -f "$dir/pid"
  in_lab setpriv --bounding-set="$DROPPED" --inh-caps="$DROPPED" \
    setsid --fork unshare --mount --propagation private --net --pid --uts --ipc --fork \
    "$TOOL/host-boot.sh" "$STATE" "$1" "$BASE" "$(address "$1")" "$(address6 "$1")" "$NET.1" "${NET6}1" \
    </dev/null >"$dir/boot.log" 2>&1
}

# Plugs host I's cable in. Its network card keeps its hardware address through a power loss, or its
# neighbours would talk to the old one for a while.
connect() {
  wait_until 10 host_pid "$1" >/dev/null || boot_failed "$1"
  PID=$(host_pid "$1")
  in_net ip -batch - <<END
link add v$1 type veth peer name eth0 address $(printf '02:00:00:00:00:%02x' $((10 + $1))) netns $PID
link set v$1 master br0 up
END
}

await() {
  wait_until 60 booted "$1" || boot_failed "$1"
  host_pid "$1" >/dev/null || boot_failed "$1"
}
booted() { ! host_pid "$1" >/dev/null || [[ -e /proc/$(host_pid "$1")/root/run/lab-booted ]]; }
boot_failed() { die "host $1 did not start: $(tail -n 3 "$(host_dir "$1")/boot.log")"; }

verb_exec() {
  require_lab
  (($#)) || set -- "${SHELL:-/bin/bash}"
  exec nsenter --net="/proc/$CONTROLLER/ns/net" -- "$@"
}

verb_on() {
  require_host "${1-}"
  require_alive "$HOST"
  shift
  (($#)) || set -- bash -l
  # shellcheck disable=SC2016
  exec setpriv --bounding-set="$DROPPED" --inh-caps="$DROPPED" \
    nsenter --target "$PID" --mount --net --pid --uts --ipc -- \
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root USER=root \
    LANG=C.UTF-8 ${TERM:+TERM="$TERM"} sh -c 'cd && exec "$@"' sh "$@"
}
