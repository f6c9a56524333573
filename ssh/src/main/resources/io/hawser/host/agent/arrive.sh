# Archives of a tree's files.
# From base.sh: val, die, at. From digests.sh: digest_all.
# shellcheck shell=sh
# shellcheck disable=SC2154 # val is set by base.sh

# more DIR TOKEN NAMES: a further one; several may arrive at once
do_more() { unpack "$@"; }

stage() {
  at "$1"
  cd -- "$val/.hawser-stage-$2" || die "the staging below $val is gone"
}

# The archive brings a list of its files, NUL between them.
unpack() {
  stage "$1" "$2"
  # Files get the time of their arrival: programs look at times to see what has changed.
  # The tar of busybox lets the umask rule, in spite of -p, when it is not root.
  (umask 0 && TAR_OPTIONS=--record-size=131072 tar -x -p -o -m -f - >&2) ||
    die "tar failed below $val$(full .)"
  cat >/dev/null
  digest_all f 0 <".hawser-stage-$3"
  rm -f ".hawser-stage-$3"
}
