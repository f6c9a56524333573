# The first arrival of a tree.
# From base.sh: val, why, die, at. From journal.sh: load, next, begun. From parents.sh: parents, judge.
# From trees.sh: open_tree. From arrive.sh: unpack.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2034 # owner is for journal.sh
# shellcheck disable=SC2154 # val and why are set by base.sh

# receive OWNER DIR TOKEN NAMES [COUNT]: the first archive of a tree
do_receive() {
  owner=$1
  load
  if open_tree "$1" "$2" "$3"; then
    # It may be long ago that the place was safe.
    at "$2"
    [ ! -d "$val" ] || judge "$val" || die "$why"
  else
    parents "$2/." || die "$why"
    next
    begun tree "$2" "$3"
  fi
  at "$2"
  cd -- "$val" || die "cannot enter $val"
  # A directory that hands its group on would do so to all that arrives.
  mkdir -p ".hawser-stage-$3" && chmod g-s ".hawser-stage-$3" || die "cannot make a staging below $val"
  unpack "$2" "$3" "$4" "${5:-}"
}
