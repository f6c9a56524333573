# The end of the state directory.
# From base.sh: S, exists. From journal.sh: act, load, drop_stage.
# shellcheck shell=sh

do_close() {
  load
  [ -z "$act" ] || return 0
  home=${S%/*}
  [ -d "$home" ] || return 0
  drop_stage "$S"
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
