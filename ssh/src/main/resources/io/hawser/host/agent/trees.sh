# Trees on their way to the host.
# From base.sh: S, val, at. From journal.sh: e_seq, drop_stage, load, note, is_done, find_entry,
# literal.
# shellcheck shell=sh
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

open_tree() {
  find_entry "* $(literal "$1 tree $2 $3")" && ! is_done "$e_seq" && [ ! -f "$S/tree/$e_seq" ]
}

do_abandon() {
  load
  at "$1"
  drop_stage "$val/.hawser-stage-$2"
  if find_entry "* * tree $(literal "$1 $2")" && ! is_done "$e_seq" && [ ! -f "$S/tree/$e_seq" ]; then
    note "U $e_seq"
  fi
}
