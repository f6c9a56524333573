# The end of the state directory.
# From base.sh: S, exists. From journal.sh: act, load, drop_stage. From fence.sh: run.
# shellcheck shell=sh
# shellcheck disable=SC2154 # S and run are set by base.sh and fence.sh

# The directory of all clusters and the parents made for it, when they are empty.
drop_home() {
  home=${S%/*}
  made=$(cat "$home/.made" 2>/dev/null)
  for other in "$home"/*; do
    if exists "$other"; then return; fi
  done
  rm -f -- "$home/.made"
  rmdir -- "$home" 2>/dev/null || return 0
  [ -z "$made" ] || printf '%s\n' "$made" | sort -r | while IFS= read -r dir; do
    rmdir -- "$dir" 2>/dev/null || return 0
  done
}

do_close() {
  # Who has the lock gives it back later, and then it goes.
  [ -z "$run" ] || return 0
  load
  [ -z "$act" ] || return 0
  [ -d "${S%/*}" ] || return 0
  drop_stage "$S"
  drop_home
}
