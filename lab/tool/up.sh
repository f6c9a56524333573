# shellcheck shell=bash
# A lab's beginning and end.

verb_up() {
  local count='' owner=''
  while (($#)); do
    case $1 in
      --owner) owner=${2-}; shift 2 || misuse '--owner needs a process id' ;;
      *) [[ -z $count ]] || misuse "up takes one number"; count=$1; shift ;;
    esac
  done
  [[ $count =~ ^([1-9][0-9]?|1[0-9]{2}|200)$ ]] || misuse 'up needs a number of hosts, 1 to 200'
  require_root
  need ip iproute2 tc iproute2 unshare util-linux nsenter util-linux setpriv util-linux \
    ssh-keygen openssh-client openssl openssl python3 python3
  [[ -z $owner ]] || OWNER_START=$(started_at "$owner") || die "no process $owner to own the lab"
  verb_base
  shared claim claim
  trap '(($? == 0)) || { trap - EXIT; end_lab; }' EXIT
  trap 'exit 1' INT TERM HUP
  HOSTS=$count
  printf '%s %s %s\n' "$HOSTS" "$DISK" "$BASE" >"$STATE/made-of"
  [[ -z $owner ]] || watch_owner "$owner"
  make_credentials
  start_controller
  start_hosts
  write_env >"$STATE/lab.env"
  rm "$STATE/up.pid"
}

# Takes the state directory; a lab that died, or that was never finished, is removed first.
claim() {
  if [[ -e $STATE ]]; then
    if pid_in "$STATE/up.pid" >/dev/null || { controller >/dev/null && [[ ! -e $STATE/up.pid ]]; }; then
      die "a lab is up in $STATE; end it with: lab/hosts down"
    fi
    end_lab
  fi
  mkdir -p "$(dirname "$STATE")"
  mkdir -m 700 "$STATE"
  : >"$STATE/hawser-lab"
  remember "$STATE/up.pid" $$
}

watch_owner() {
  setsid --fork "$TOOL/owner.sh" "$LAB/hosts" "$STATE" "$1" "$OWNER_START" \
    </dev/null >/dev/null 2>&1
  wait_until 5 test -s "$STATE/owner.pid"
}

make_credentials() {
  ssh-keygen -q -t ed25519 -N '' -C hawser-lab -f "$STATE/id"
  (umask 077 && openssl rand -hex 12 >"$STATE/password")
  openssl passwd -6 -stdin <"$STATE/password" >"$STATE/password.hash"
}

start_controller() {
  setsid --fork unshare --mount --propagation private --net --pid --fork --kill-child \
    "$TOOL/controller-init.sh" "$STATE" "$DISK" "$HOSTS" "$NET" "$NET6" \
    </dev/null >"$STATE/controller.log" 2>&1
  wait_until 10 test -s "$STATE/controller.pid" || die "no controller: $(<"$STATE/controller.log")"
  CONTROLLER=$(controller) || die "the controller ended: $(<"$STATE/controller.log")"
}

start_hosts() {
  local i
  for ((i = 1; i <= HOSTS; i++)); do boot "$i"; done
  for ((i = 1; i <= HOSTS; i++)); do connect "$i"; done
  for ((i = 1; i <= HOSTS; i++)); do await "$i"; done
  for ((i = 1; i <= HOSTS; i++)); do
    awk -v names="$(address "$i"),$(address6 "$i")" '{ print names, $1, $2 }' \
      "$(host_dir "$i")"/ssh_host_*_key.pub
  done >"$STATE/known_hosts"
}

verb_down() {
  (($# == 0)) || misuse 'down takes nothing'
  require_root
  end_lab
}

# Ends what the lab started, by process id, and removes its state. Its mounts, namespaces and
# links go with the last process in them.
end_lab() {
  [[ -e $STATE ]] || return 0
  [[ -e $STATE/hawser-lab ]] || die "$STATE is not a state directory of the lab; left alone"
  local file pid
  for file in up owner; do
    pid=$(pid_in "$STATE/$file.pid") && ((pid != $$)) && end "$STATE/$file.pid"
  done
  if CONTROLLER=$(controller); then
    exec 8<"/proc/$CONTROLLER/ns/net"
    end "$STATE/controller.pid"
    end_guests
    exec 8<&-
  fi
  rm -rf --one-file-system "$STATE"
}

# Commands still running under exec: all that is left in the controller's network. The command
# that asks for the end, if it runs there itself, is spared.
end_guests() {
  local signal round
  for signal in TERM KILL; do
    for round in {1..50}; do
      guests
      ((${#GUESTS[@]} > 0)) || return 0
      ((round > 1)) || kill -s "$signal" "${GUESTS[@]}" 2>/dev/null || true
      sleep 0.02
    done
  done
}
guests() {
  local entry pid=$$ spared=' '
  while ((pid > 1)); do
    spared+="$pid "
    pid=$(awk '$1 == "PPid:" { print $2 }' "/proc/$pid/status" 2>/dev/null) || break
  done
  GUESTS=()
  for entry in /proc/[0-9]*; do
    pid=${entry#/proc/}
    [[ $entry/ns/net -ef /proc/$$/fd/8 && $spared != *" $pid "* ]] || continue
    GUESTS+=("$pid")
  done
}
