# Trees on their way to the host.
# From base.sh: S, J, val, at, die. From journal.sh: e_seq, drop_stage, load, note, is_done, find_entry,
# literal.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
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

# set_mark KEY FINGERPRINT: whatever is changed after this answer is newer than the mark. File times
# go by the ticks of the kernel, some milliseconds each, so the next one is awaited.
set_mark() {
  mkdir -p "$S/mark" && printf '%s\n' "$2" >"$S/mark/.new" && mv -f "$S/mark/.new" "$S/mark/$1" ||
    die "cannot write $S/mark/$1$(full "$S")"
  tries=0
  while [ "$tries" -lt 50 ]; do
    tries=$((tries + 1))
    : >"$S/mark/.tick"
    [ -z "$(find "$S/mark/.tick" -newer "$S/mark/$1" 2>/dev/null)" ] || break
  done
  rm -f "$S/mark/.tick"
}

# mark DIR KEY FINGERPRINT: the tree there was compared and is as it shall be
do_mark() {
  if [ -f "$J" ]; then set_mark "$2" "$3"; fi
}
