# Services that are undone.
# From base.sh: S, root, cluster, why, try, exists, is_ours, services.
# From journal.sh: e_seq, e_target, x1 to x4. From before.sh: wants_dirs, is_before, wrote_before.
# From undo-guard.sh: place. From undo.sh: restore, leave.
# shellcheck shell=sh
# shellcheck disable=SC2034 # res is for undo.sh
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

undo_unit() {
  unit=$e_target.service
  rm -f -- "${place%/*}/.hawser-new-$cluster-$e_seq"
  if is_ours "$place" "$x1" || ! exists "$place"; then
    # To stop or disable what is not there is an error for systemctl and not for us.
    try services stop "$unit"
    try services disable "$unit"
    if try services is-active "$unit"; then
      res="failed $unit does not stop"
      return
    fi
    if [ "$x2" = - ]; then rm -f -- "$root"/etc/systemd/system/*.wants/"$unit"; fi
    restore "$place" || return
    wants_dirs | while IFS= read -r wants; do
      grep -Fxq -- "$wants" "$S/pre/$e_seq.wants" || rmdir -- "$wants" 2>/dev/null
    done
    try services daemon-reload
    if [ "$x3" = 1 ]; then try services enable "$unit" || res="failed $why"; fi
    if [ "$x4" = 1 ]; then try services start "$unit" || res="failed $why"; fi
  elif ! is_before "$place" && ! wrote_before "$place" unit "$e_target"; then
    leave "$place"
  fi
}
