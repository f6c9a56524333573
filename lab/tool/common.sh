# shellcheck shell=bash disable=SC2034 # what is set here is used by the other files
# What every verb shares: messages, the state directory, process identity, entering namespaces.

STATE=${HAWSER_LAB_STATE:-/run/hawser-lab}
CACHE=${HAWSER_LAB_CACHE:-/var/cache/hawser-lab}
[[ $STATE == /* ]] || STATE=$PWD/$STATE
[[ $CACHE == /* ]] || CACHE=$PWD/$CACHE
DISK=${HAWSER_LAB_DISK:-3g}
NET=10.77.0
NET6=fd77::
# Capabilities no process of a host ever has: without them it cannot load a module, set the
# clock, restart the machine or reach its memory and ports.
DROPPED=-sys_module,-sys_time,-sys_boot,-sys_rawio

die() { printf 'lab/hosts: %s\n' "$*" >&2; exit 1; }
misuse() { printf 'lab/hosts: %s (see lab/hosts --help)\n' "$*" >&2; exit 2; }
say() { printf '%s\n' "$*" >&2; }

# need COMMAND PACKAGE ...: every missing command is named with the package that has it.
need() {
  local missing=() packages=()
  while (($#)); do
    command -v "$1" >/dev/null || {
      missing+=("$1")
      [[ " ${packages[*]} " == *" $2 "* ]] || packages+=("$2")
    }
    shift 2
  done
  ((${#missing[@]} == 0)) || die "missing: ${missing[*]}; install with: apt-get install ${packages[*]}"
}

require_root() { ((EUID == 0)) || die "needs root (it makes namespaces and mounts)"; }

# The moment a process began; with its id this names it for good, even when the id is used again.
# Nothing is printed for a process that has ended, a zombie included.
started_at() {
  local line
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  # shellcheck disable=SC2086
  set -- ${line##*) }
  [[ $1 != [ZX] ]] && printf '%s\n' "${20}"
}

# A file written by remember holds "PID START"; pid_in prints the pid while that process lives.
remember() { printf '%s %s\n' "$2" "$(started_at "$2")" >"$1"; }
pid_in() {
  local pid start
  { read -r pid start <"$1"; } 2>/dev/null || return 1
  [[ -n $start && $(started_at "$pid") == "$start" ]] && printf '%s\n' "$pid"
}

# end FILE: ends the process a file remembers and waits until it is gone.
end() {
  local pid
  pid=$(pid_in "$1") || return 0
  kill -KILL "$pid" 2>/dev/null || return 0
  wait_until 10 gone "$1" || die "process $pid ($1) does not end"
}
gone() { ! pid_in "$1" >/dev/null; }

# wait_until SECONDS COMMAND...: polls every 20 ms.
wait_until() {
  local until=$((SECONDS + $1 + 1))
  shift
  until "$@"; do
    ((SECONDS < until)) || return 1
    sleep 0.02
  done
}

controller() { pid_in "$STATE/controller.pid"; }
require_lab() {
  require_root
  CONTROLLER=$(controller) || die "no lab is up in $STATE; start one with: lab/hosts up N"
  { read -r HOSTS DISK BASE; } <"$STATE/made-of"
}

# require_host I: I names a host of this lab; sets HOST to its number.
require_host() {
  [[ $# -eq 1 && $1 =~ ^[0-9]{1,3}$ ]] || misuse "one host number is needed, not '$*'"
  require_lab
  ((10#$1 >= 1 && 10#$1 <= HOSTS)) || die "no host $1: this lab has hosts 1 to $HOSTS"
  HOST=$((10#$1))
}
host_dir() { printf '%s/hosts/%s' "$STATE" "$1"; }
host_pid() { pid_in "$STATE/hosts/$1/pid"; }
require_alive() {
  PID=$(host_pid "$1") || die "host $1 has no power; bring it back with: lab/hosts heal $1"
}
address() { printf '%s.%s' "$NET" $((10 + $1)); }
address6() { printf '%s%s' "$NET6" $((10 + $1)); }

# Commands in the controller's network, in its mounts too, or in a host's network only.
in_net() { nsenter --net="/proc/$CONTROLLER/ns/net" -- "$@"; }
in_lab() { nsenter --target "$CONTROLLER" --net --mount --pid -- "$@"; }
in_host_net() { nsenter --net="/proc/$PID/ns/net" -- "$@"; }

# shared LOCK COMMAND...: one at a time on this machine, even from two shells. What the command
# starts must not inherit descriptor 9, or the lock would outlive it.
shared() {
  mkdir -p "$CACHE"
  exec 9>"$CACHE/$1.lock"
  flock 9
  "${@:2}"
  exec 9>&-
}
