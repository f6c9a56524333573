# Files of a tree that lie on the host already, in another directory.
# From base.sh: val, at, dec. From digests.sh: digest_all. From arrive.sh: stage.
# shellcheck shell=sh
# shellcheck disable=SC2154 # val is set by base.sh

# seed DIR TOKEN SEED; on stdin a line "MODE PATH" per file: copies into the staging what of them lies
# in the seed. Not linked: who has a file of the seed open could write to it after its digest was taken.
do_seed() {
  at "$3"
  seed=$val
  stage "$1" "$2"
  list=.hawser-stage-seed
  while IFS=' ' read -r mode field; do
    dec "$field"
    if is_plain "${val#*/}" && take_file "$mode"; then printf './%s\0' "$val"; fi
  done >"$list"
  digest_all f 0 <"$list" || exit 1
  rm -f "$list"
}

# is_plain PATH: whether a file lies in the seed, and neither it nor a directory on the way is a link
is_plain() {
  there=$seed rest=$1/
  while [ -n "$rest" ]; do
    there=$there/${rest%%/*} rest=${rest#*/}
    [ ! -L "$there" ] || return 1
  done
  [ -f "$there" ]
}

# take_file MODE: what cannot be copied is sent
take_file() {
  [ -d "${val%/*}" ] || mkdir -p -- "${val%/*}" || return 1
  rm -f -- "./$val"
  cp -- "$there" "./$val" 2>/dev/null && chmod "$1" -- "./$val" && return
  rm -f -- "./$val"
  return 1
}
