# shellcheck shell=bash disable=SC2034 # IN_NET is used by the other files
# Hosts of lab/hosts for a benchmark, with networks, disks and processes of their own.

lab() { "$LAB/hosts" "$@" >lab.log 2>&1 || die "lab/hosts $*: $(tail -n 5 lab.log)"; }

# start_lab COUNT: writes hosts, known_hosts and the key id; programs go into the controller's network by IN_NET.
start_lab() {
  export HAWSER_LAB_STATE=$STATE/lab HAWSER_LAB_DISK=2g
  say 'starting hosts ...'
  ip link set lo up
  lab up "$1"
  IN_NET=("$LAB/hosts" exec)
  "$LAB/hosts" status --env | sed -n 's/^HAWSER_LAB_ADDRESSES=//p' | tr ' ' '\n' >hosts
  cp lab/known_hosts known_hosts
  cp lab/id id
  chmod 600 id
  write_ssh_conf gcm 'Ciphers aes128-gcm@openssh.com'
}

host_address() { sed -n "$1p" hosts; }

# The bytes that the controller has sent.
uplink() { "${IN_NET[@]}" cat /proc/net/dev | awk '/br0:/ { sub(/.*:/, ""); print $9 }'; }

# clear_hosts COUNT
clear_hosts() {
  local host
  for ((host = 1; host <= $1; host++)); do
    lab on "$host" sh -c 'rm -rf /data /var/lib/hawser; sync'
  done
}

# check TREE COUNT or check TREE HOST...: names and sizes will do, digests were compared.
check() {
  local tree=$1 host
  shift
  if (($# == 1)); then mapfile -t chosen < <(seq 1 "$1"); else chosen=("$@"); fi
  for host in "${chosen[@]}"; do
    cmp -s <(cd "$tree" && find . -type f -printf '%P %s\n' | sort) \
      <("$LAB/hosts" on "$host" sh -c 'cd /data && find . -type f -printf "%P %s\n"' | sort) ||
      die "$tree is not whole on host $host"
  done
}

# on_each COUNT FUNCTION TREE: for all hosts at once
on_each() {
  local host pids=() pid
  while read -r host; do
    "$2" "$3" "$host" &
    pids+=($!)
  done < <(head -n "$1" hosts)
  for pid in "${pids[@]}"; do wait "$pid" || return; done
}

tar_ssh() { tar -C "$1" -cf - . | "${IN_NET[@]}" ssh -F gcm.conf "$2" "mkdir -p /data && tar -C /data -xf -"; }
