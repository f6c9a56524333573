# Ends what runs of former owners still do on the host.
# From base.sh: S, die. From owner.sh: clock, now. From lock.sh: generation, pulse.
# HAWSER_END, in the environment: the script that ends a command, end-command.sh.
# shellcheck shell=sh
# shellcheck disable=SC2154 # S and generation are set by base.sh and lock.sh

# Whether process $1 is the one that carries the word $2.
is_run() {
  if [ -d /proc/self ]; then
    grep -qsF -e "$2" "/proc/$1/cmdline" "/proc/$1/environ"
  else
    case $(ps -p "$1" -o args= 2>/dev/null) in
      *"$2"*) ;;
      *) return 1 ;;
    esac
  fi
}

# end_run PID WORD: where there is no /proc its process group is ended, which sshd makes for each.
end_run() {
  if [ -d /proc/self ]; then
    sh -c "$HAWSER_END" hawser-end "$2" "$1" >/dev/null 2>&1 </dev/null
  elif is_run "$1" "$2"; then
    kill -TERM "-$1" 2>/dev/null
  fi
  left=0
  while is_run "$1" "$2"; do
    left=$((left + 1))
    [ "$left" -lt 20 ] || die "process $1 of the run before does not end"
    if [ "$left" -gt 10 ]; then kill -KILL "-$1" "$1" 2>/dev/null; fi
    sleep 0.1 || sleep 1
  done
}

# Process ids are used again: only a process that carries its command's random word is ours. A dead
# shell may have left children in its session.
end_runs() {
  sessions=" $(cat /proc/[0-9]*/stat 2>/dev/null |
    sed -n 's/^[0-9]* (.*) [^ZX] [0-9]* [0-9]* \([0-9]*\) .*/\1/p' | sort -u | tr '\n' ' ')"
  while read -r its pid word; do
    if [ "$its" = "$generation" ] || [ -z "$word" ]; then continue; fi
    case $sessions in
      *" $pid "*) end_run "$pid" "$word" ;;
      *) if is_run "$pid" "$word"; then end_run "$pid" "$word"; fi ;;
    esac
    clock
    pulse "$now"
  done <"$S/lock/runs"
  printf '%s %s %s\n' "$generation" "$$" "${HAWSER_COMMAND:-}" >"$S/lock/runs"
}
