# A file of a tree that a script edited becomes what was put there.
# From base.sh: cluster, val, why, die, at, sha. From journal.sh: flush. From parents.sh: judge.
# shellcheck shell=sh
# shellcheck disable=SC2154 # val and others are set by base.sh and parents.sh

# putback PATH MODE SHA: the content is the input. Nothing is noted and nothing kept: what the
# journal says of the tree is true again.
do_putback() {
  at "$1"
  place=$val
  up=${place%/*}
  { [ -f "$place" ] && [ ! -L "$place" ]; } || die "$place is no file any more"
  judge "$up" || die "$why"
  new=$up/.hawser-new-$cluster-restored
  rm -f -- "$new"
  (umask 077 && set -C && cat >"$new") || die "cannot write $new"
  sha "$new"
  if [ "$val" != "$3" ]; then
    rm -f -- "$new"
    die "$place: the content did not arrive whole, is the disk full?"
  fi
  if ! chmod "00$2" "$new" || ! flush "$new" || ! mv -f -- "$new" "$place"; then
    rm -f -- "$new"
    die "cannot put back $place"
  fi
  flush "$up"
  echo restored
}
