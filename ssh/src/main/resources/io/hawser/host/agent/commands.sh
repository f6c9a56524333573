# Commands: their entries and undo scripts.
# From base.sh: S, die. From watch.sh: each_watch, look_before, look_after. From journal.sh: seq, e_seq, found, flush, load, next, begun, ended, is_done,
# find_entry, literal.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2034 # owner is for journal.sh
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

do_begin() {
  owner=$1
  load
  if find_entry "* $(literal "$1 command $2 $3")" && ! is_done "$e_seq"; then
    n=$e_seq
  else
    next
    n=$seq
  fi
  cat >"$S/undo/$n" && flush "$S/undo/$n" && chmod 0700 "$S/undo/$n" || die "cannot write $S/undo/$n"
  [ -n "$found" ] && [ "$n" = "$e_seq" ] || begun command "$2" "$3"
  taken=$n
  each_watch look_before
  n=$taken
  echo "seq $n"
}

do_done() {
  load
  find_entry "$1 *" || die "no entry $1"
  each_watch look_after
  is_done "$1" || ended "$1"
}

do_undo_script() {
  load
  find_entry "$1 *" || die "no entry $1"
  [ -f "$S/undo/$1" ] || die "entry $1 has no undo script"
  each_watch look_before
  echo data
  base64 "$S/undo/$1"
}
