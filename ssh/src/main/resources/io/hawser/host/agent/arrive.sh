# Archives of a tree's files.
# From base.sh: val, die, at. From digests.sh: digest_all.
# shellcheck shell=sh
# shellcheck disable=SC2016 # sed has dollars of its own
# shellcheck disable=SC2154 # val is set by base.sh

# more DIR TOKEN NAMES [COUNT]: a further one; several may arrive at once
do_more() { unpack "$@"; }

stage() {
  at "$1"
  cd -- "$val/.hawser-stage-$2" || die "the staging below $val is gone"
}

# unpack DIR TOKEN NAMES [COUNT]. The archive brings a list of its files, NUL between them. With COUNT
# their names are plain and there are no links: then files are digested, so many by one process,
# while others still arrive.
unpack() {
  stage "$1" "$2"
  list=.hawser-stage-$3
  if [ -z "${4:-}" ]; then
    extract >&2 || die "tar failed below $val$(full .)"
    digest_all f 0 <"$list" || exit 1
  else
    # Tar tells a name when it begins with a file, so the one before is whole. The first is the list.
    # Without the list tar has failed: a full disk has no room for a mark, but lets a file be removed.
    { extract -v || rm -f "$list"; } |
      sed -n -e '1d;s|^|./|;x;/./{/\/$/!p;};${x;/\/$/!p;}' |
      tr '\n' '\0' | digest_names "$4"
    digested=$?
    [ -f "$list" ] || die "tar failed below $val$(full .)"
    [ "$digested" = 0 ] || exit 1
  fi
  rm -f "$list"
}

# Takes all names, so that tar does not end by a failure that is not its own.
digest_names() {
  (digest_all f 0 "$1") && return
  cat >/dev/null
  return 1
}

# Files get the time of their arrival: programs look at times to see what has changed. The tar of
# busybox lets the umask rule, in spite of -p, when it is not root.
extract() {
  (umask 0 && TAR_OPTIONS=--record-size=131072 tar -x "$@" -p -o -m -f -) || return
  cat >/dev/null
}
