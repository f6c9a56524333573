# The arrival of a tree.
# From base.sh: val, why, die, at. From digests.sh: digest_all. From journal.sh: load, next, begun.
# From parents.sh: parents. From trees.sh: open_tree.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2034 # owner is for journal.sh
# shellcheck disable=SC2154 # val and why are set by base.sh

do_receive() {
  owner=$1
  load
  if ! open_tree "$1" "$2" "$3"; then
    parents "$2/." || die "$why"
    next
    begun tree "$2" "$3"
  fi
  at "$2"
  cd -- "$val" || die "cannot enter $val"
  mkdir -p ".hawser-stage-$3" && cd ".hawser-stage-$3" || die "cannot make a staging below $val"
  # Files get the time of their arrival: programs look at times to see what has changed.
  # The tar of busybox lets the umask rule, in spite of -p, when it is not root.
  (umask 0 && tar -x -p -o -m -f - >&2) || die "tar failed below $val"
  cat >/dev/null
  find . -type f -print0 | digest_all f 0
}
