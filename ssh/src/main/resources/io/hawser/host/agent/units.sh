# Services that are made.
# From base.sh: S, val, why, try, at, is_ours, services. From journal.sh: seq, e_seq, next, begun,
# ended, is_done, find_change, x3, x4. From parents.sh: parents. From before.sh: wants_dirs.
# From changes.sh: pre, keep, take_over, set_aside, put.
# shellcheck shell=sh
# shellcheck disable=SC2154 # S and others are set by base.sh, journal.sh and changes.sh

apply_unit() {
  if ! command -v systemctl >/dev/null; then
    why="systemctl is not on this host, and a service needs it"
    return 1
  fi
  unit=$1.service
  enabled=0 active=0 start=start
  if try services is-enabled "$unit"; then enabled=1; fi
  if try services is-active "$unit"; then active=1; fi
  parents "/etc/systemd/system/$unit" || return 1
  at "/etc/systemd/system/$unit"
  place=$val
  # Our unit that somebody stopped is started again; the entry that is there knows how to undo it.
  if ! is_ours "$place" "$2" || ! find_change unit "$1 $2"; then
    next
    # Undo of an earlier one of ours would start it, and what it was configured with may be gone.
    if take_over unit "$1" "$place"; then
      enabled=$x3 active=$x4
      try cp -- "$S/pre/$e_seq.wants" "$S/pre/$seq.wants" || return 1
    else
      keep "$place" || return 1
      wants_dirs >"$S/pre/$seq.wants"
    fi
    e_seq=$seq
    begun unit "$1" "$2" "$pre" "$enabled" "$active"
    if [ "$pre" = r ]; then set_aside "$place" || return 1; fi
  fi
  if ! is_ours "$place" "$2"; then
    put "$place" "$2" "$3" 0644 || return 1
    start=restart
  fi
  try services daemon-reload && try services enable "$unit" || return 1
  if ! try services "$start" "$unit"; then
    why="$why; $(services status -n 5 --no-pager "$unit" 2>&1 </dev/null | tail -n 5)"
    return 1
  fi
  is_done "$e_seq" || ended "$e_seq"
}
