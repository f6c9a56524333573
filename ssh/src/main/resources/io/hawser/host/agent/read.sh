# A file as it is.
# From base.sh: val, die, at, follow, exists, sha.
# shellcheck shell=sh
# shellcheck disable=SC2154 # val is set by base.sh

do_read() {
  at "$1"
  follow "$val"
  if [ -f "$val" ]; then
    place=$val
    echo "kind file"
    echo "mode 0$(stat -c %a -- "$place")"
    sha "$place"
    echo "sha $val"
    echo data
    base64 <"$place" || die "cannot read $place"
  elif exists "$val"; then
    echo "kind other"
  else
    echo "kind missing"
  fi
}
