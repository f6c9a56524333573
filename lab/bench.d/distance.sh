# shellcheck shell=bash
# A host at a distance: in a network namespace of its own, behind two TAP devices that hand each frame on later.

FAR=10.78.0.2

# start_far_host MILLISECONDS: of the way there and back; adds the host to hosts and known_hosts.
start_far_host() {
  local relay=$LAB/tool/relay.py python=python3 one_way tries
  if [[ -x /usr/bin/python3 ]]; then python=/usr/bin/python3; fi
  one_way=$(awk -v ms="$1" 'BEGIN { print ms / 2 }')
  "$python" "$relay" near far "$one_way" 0 "$STATE/relay.pid" >relay.log 2>&1 &
  unshare --net sleep infinity &
  local far=$!
  for ((tries = 0; tries < 100; tries++)); do
    [[ ! -e relay.pid || $(readlink "/proc/$far/ns/net") == $(readlink /proc/self/ns/net) ]] || break
    sleep 0.05
  done
  [[ -e relay.pid ]] || die "no relay: $(<relay.log)"
  ip link set far netns "$far"
  ip address add 10.78.0.1/24 dev near
  ip link set near up
  nsenter --target "$far" --net sh -c "ip link set lo up; ip address add $FAR/24 dev far; ip link set far up"
  nsenter --target "$far" --net "$(command -v sshd)" -f sshd.conf -o "ListenAddress=$FAR"
  printf '%s\n' "$FAR" >>hosts
  printf '%s %s\n' "$FAR" "$(cut -d' ' -f1,2 hostkey.pub)" >>known_hosts
  mkdir "root-$FAR"
  ping -q -c 2 "$FAR" >ping.log || die "no way to $FAR: $(<ping.log)"
}
