# Files that another program of ours put in the place of one, for now, and marked so.
# From base.sh: one.
# shellcheck shell=sh
# shellcheck disable=SC2154 # one is set by base.sh

# stands_in PATH SHA: whether the file says in its last line that it is there in place of the one with
# that digest, and is as it was left: the line says the digest of those before it, too.
stands_in() {
  [ -f "$1" ] && [ ! -L "$1" ] || return 1
  mark=$(tail -n 1 "$1")
  case $mark in
    "# hawser: for now in place of $2, "*) ;;
    *) return 1 ;;
  esac
  # shellcheck disable=SC2086 # program and options
  found=$(sed '$d' "$1" | $one) || return 1
  [ "${found%% *}" = "${mark##* }" ]
}
