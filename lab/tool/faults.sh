# shellcheck shell=bash
# The fault verbs and their undoing. What is wrong with host I is noted in its state directory,
# in a file named after the fault.

note() { printf '%s\n' "${3-}" >"$(host_dir "$1")/fault.$2"; }
noted() { [[ -e $(host_dir "$1")/fault.$2 ]]; }
value() { cat "$(host_dir "$1")/fault.$2" 2>/dev/null || printf '0\n'; }
forget() { rm -f "$(host_dir "$1")/fault.$2"; }

verb_kill() {
  require_host "$@"
  power_off "$HOST"
}

# The link goes first: a host without power does not say goodbye.
power_off() {
  local name
  stop_relay "$1"
  in_net ip link del "v$1" 2>/dev/null || true
  end "$(host_dir "$1")/pid"
  for name in pause cut shape delay loss; do forget "$1" "$name"; done
}

verb_pause() {
  require_host "$@"
  require_alive "$HOST"
  note "$HOST" pause
  # From within, -1 means every process of the host but its first, which only reaps.
  nsenter --target "$PID" --pid -- bash -c 'kill -STOP -1'
}

resume() {
  local entry
  nsenter --target "$PID" --pid -- bash -c 'kill -CONT -1'
  # An nsenter of ours that waits for a command there stops along with it.
  for entry in /proc/[0-9]*; do
    [[ $entry/ns/pid_for_children -ef /proc/$PID/ns/pid ]] && kill -CONT "${entry#/proc/}" 2>/dev/null
  done
  forget "$1" pause
}

verb_cut() {
  require_host "$@"
  require_alive "$HOST"
  note "$HOST" cut
  in_net ip link set "v$HOST" down
}

verb_shape() {
  local rate=${1-}
  [[ $rate == none ]] || rate_bytes "$rate" >/dev/null || misuse "a rate such as 10mbit or 80kbit is needed, not '$rate'"
  if (($# < 2)); then
    require_lab
    limit in_net br0 "$rate"
    rm -f "$STATE/shape"
    [[ $rate == none ]] || printf '%s\n' "$rate" >"$STATE/shape"
    return
  fi
  require_host "$2"
  require_alive "$HOST"
  limit in_net "v$HOST" "$rate"
  limit in_host_net eth0 "$rate"
  forget "$HOST" shape
  [[ $rate == none ]] || note "$HOST" shape "$rate"
}

rate_bytes() {
  local -A units=([bit]=1 [kbit]=1000 [mbit]=1000000 [gbit]=1000000000
    [bps]=8 [kbps]=8000 [mbps]=8000000 [gbps]=8000000000)
  [[ ${1,,} =~ ^([0-9]{1,9})([kmg]?(bit|bps))$ ]] || return 1
  printf '%s\n' $((10#${BASH_REMATCH[1]} * ${units[${BASH_REMATCH[2]}]} / 8))
}

# limit WHERE LINK RATE: the bucket holds 10 ms, but never less than two frames.
limit() {
  local burst
  "$1" tc qdisc del dev "$2" root 2>/dev/null || true
  [[ $3 != none ]] || return 0
  burst=$(($(rate_bytes "$3") / 100))
  "$1" tc qdisc add dev "$2" root tbf rate "$3" burst $((burst > 3200 ? burst : 3200)) latency 200ms
}

verb_delay() {
  [[ $# -eq 2 && $2 =~ ^[0-9]{1,5}(\.[0-9]{1,3})?$ ]] || misuse 'delay needs a host and milliseconds'
  require_host "$1"
  require_alive "$HOST"
  note "$HOST" delay "$2"
  start_relay "$HOST"
}

verb_loss() {
  [[ $# -eq 2 && $2 =~ ^(100|[0-9]{1,2}(\.[0-9]{1,3})?)$ ]] || misuse 'loss needs a host and a percentage, 0 to 100'
  require_host "$1"
  require_alive "$HOST"
  note "$HOST" loss "$2"
  start_relay "$HOST"
}

# Puts a relay between host I and the bridge: br0 - a - relay - b - own bridge - v - the host.
start_relay() {
  local relay
  relay=$(host_dir "$1")/relay.pid
  stop_relay "$1"
  in_lab setsid --fork "$(python)" "$TOOL/relay.py" "a$1" "b$1" "$(value "$1" delay)" "$(value "$1" loss)" "$relay" \
    </dev/null >"$(host_dir "$1")/relay.log" 2>&1
  wait_until 10 pid_in "$relay" >/dev/null || die "no relay: $(<"$(host_dir "$1")/relay.log")"
  in_net ip -batch - <<END
link add r$1 type bridge forward_delay 0 mcast_snooping 0
link set r$1 addrgenmode none up
link set b$1 addrgenmode none master r$1 up
link set a$1 addrgenmode none master br0 up
link set v$1 master r$1
END
}

stop_relay() {
  [[ -e $(host_dir "$1")/relay.pid ]] || return 0
  in_net ip link set "v$1" master br0 2>/dev/null || true # it went with a host that died by itself
  end "$(host_dir "$1")/relay.pid"
  in_net ip link del "r$1"
  rm -f "$(host_dir "$1")/relay.pid"
}

# The system's own Python, rather than one of a version manager.
python() { if [[ -x /usr/bin/python3 ]]; then printf /usr/bin/python3; else command -v python3; fi; }

# The disk is a tmpfs: it is full when its limit is what it holds. All of the host's writable
# directories but /run and /dev are on it.
verb_fill() {
  local free=${2-0} used
  [[ $free =~ ^([0-9]{1,12}[KMG]?|inodes)$ ]] || misuse "fill leaves a number of bytes or no inodes, not '$free'"
  require_host "${1-}"
  note "$HOST" fill "$free"
  if [[ $free == inodes ]]; then
    used=$(in_lab stat --file-system --format '%c - %d' "$(host_dir "$HOST")/disk")
    resize "$HOST" "nr_inodes=$((used))"
  else
    used=$(in_lab stat --file-system --format '(%b - %f) * %S' "$(host_dir "$HOST")/disk")
    resize "$HOST" "size=$((used + $(numfmt --from=iec "$free")))"
  fi
}
resize() { in_lab mount -o "remount,$2" "$(host_dir "$1")/disk"; }

verb_heal() {
  local i
  if [[ ${1-} == all ]]; then
    require_lab
    [[ ! -e $STATE/shape ]] || verb_shape none
    for ((i = 1; i <= HOSTS; i++)); do heal "$i"; done
  else
    require_host "$@"
    heal "$HOST"
  fi
}

heal() {
  if noted "$1" fill; then
    resize "$1" "size=$DISK,nr_inodes=1m"
    forget "$1" fill
  fi
  if PID=$(host_pid "$1"); then
    stop_relay "$1"
    forget "$1" delay
    forget "$1" loss
    ! noted "$1" shape || verb_shape none "$1"
    in_net ip link set "v$1" up
    forget "$1" cut
    ! noted "$1" pause || resume "$1"
  else
    power_off "$1"
    boot "$1"
    connect "$1"
    await "$1"
  fi
}
