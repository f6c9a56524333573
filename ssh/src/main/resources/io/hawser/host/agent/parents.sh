# Directories that are made, each an entry of its own.
# From base.sh: val, at, try. From journal.sh: seq, prepare, next, begun, ended.
# shellcheck shell=sh
# shellcheck disable=SC2154 # val and seq are set by base.sh and journal.sh

# Makes the missing parents of a path (a field) one by one, each an entry of its own.
parents() {
  [ -n "${1%/*}" ] || return 0
  at "${1%/*}"
  [ ! -d "$val" ] || return 0
  # The state directory may bring some of them.
  prepare
  [ ! -d "$val" ] || return 0
  parents "${1%/*}" || return 1
  make_dir "${1%/*}" 0755
}

make_dir() {
  at "$1"
  next
  begun dir "$1" "$2" -
  try mkdir -m "$2" -- "$val" || return 1
  ended "$seq"
}
