# Long files of a tree, in pieces.
# From base.sh: val, die, dec. From digests.sh: all, pick_fast_digest. From arrive.sh: stage.
# shellcheck shell=sh
# shellcheck disable=SC2154 # val and all are set by base.sh and digests.sh

B=262144 # the bytes that dd moves at once

# append DIR TOKEN PATH MODE OFFSET SIZE: a long file from an offset on, a multiple of B. On stdin
# "d COUNT" and as many bytes, or "z COUNT" for zeros that need not be sent. Each piece is read
# again for the digest while the next arrives.
do_append() {
  pick_fast_digest
  stage "$1" "$2"
  dec "$3"
  long=./$val
  mkdir -p -- "${long%/*}" || die "cannot make ${long%/*}"
  complaints=$(mktemp "${TMPDIR:-/tmp}/hawser.XXXXXX") || die "no temporary file"
  trap 'rm -f "$complaints"' EXIT
  trap 'exit 1' HUP INT TERM
  dd if=/dev/null of="$long" bs=$B seek=$(($5 / B)) 2>"$complaints" || die "$(cat "$complaints")"
  sum=$(
    take_pieces "$5" | {
      echo "$5"
      cat
    } | read_again
  )
  has=$(stat -c %s -- "$long")
  [ "$has" = "$6" ] ||
    die "$long has $has of $6 bytes: $(grep -v records "$complaints" | tail -n 1)$(full .)"
  chmod "$4" -- "$long" || die "cannot set the mode of $long"
  printf 'f %s %s\n' "${sum%% *}" "$val"
}

# Prints how far the file is whole.
take_pieces() {
  end=$1
  while IFS=' ' read -r how count; do
    end=$((end + count))
    if [ "$how" = z ]; then
      dd if=/dev/null of="$long" bs=1 seek="$end" || return
    else
      dd bs=$B count=$((count / B)) iflag=fullblock >>"$long" || return
      if [ $((count % B)) -gt 0 ]; then
        dd bs=$((count % B)) count=1 iflag=fullblock >>"$long" || return
      fi
    fi 2>>"$complaints"
    echo "$end"
  done
}

read_again() {
  from=0
  while read -r to; do
    if [ "$to" -gt "$from" ]; then
      dd if="$long" bs=$B skip=$((from / B)) count=$(((to - from + B - 1) / B)) 2>/dev/null
    fi
    from=$to
  done | $all
}

# pieces DIR TOKEN PATH BYTES: the digests of the whole pieces, of BYTES each, of a file that is
# not whole
do_pieces() {
  pick_fast_digest
  stage "$1" "$2"
  dec "$3"
  whole=$(($(stat -c %s -- "./$val") / $4))
  n=0
  while [ "$n" -lt "$whole" ]; do
    sum=$(dd if="./$val" bs=$B skip=$((n * $4 / B)) count=$(($4 / B)) 2>/dev/null | $all)
    printf 'p %s\n' "${sum%% *}"
    n=$((n + 1))
  done
}
