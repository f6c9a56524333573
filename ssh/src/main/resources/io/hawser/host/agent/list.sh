# A directory as it is.
# From base.sh: S, nl, val, die, at, dec. From digests.sh: digest_all.
# shellcheck shell=sh
# shellcheck disable=SC2154 # S, nl and val are set by base.sh

# list DIR names|digests|chosen LIMIT [TOKEN KEY FINGERPRINT]
do_list() {
  at "$1"
  [ $# -le 3 ] || say_whether_it_passes_on
  if [ ! -d "$val" ]; then
    [ $# -le 3 ] || room "$val"
    return 0
  fi
  cd -- "$val" || die "cannot enter $val"
  if [ $# -gt 3 ]; then
    if unchanged "$5" "$6"; then
      echo u
      return
    fi
    if [ -d "./.hawser-stage-$4" ]; then echo w; fi
    room .
  fi
  if [ "$2" = chosen ]; then
    names=$(cat)
    printf '%b\n' "$names" | sed 's|^|./|' | tr '\n' '\0' | digest_all s "$3" || exit 1
    return
  fi
  if find . -prune -printf '' 2>/dev/null; then names_by_find; else names_by_stat; fi
  [ "$2" = digests ] || return 0
  find . ! -name . \( -name '.hawser-stage-*' -o -name "*$nl*" \) -prune -o -type f -print0 |
    digest_all s "$3" || exit 1
}

# unchanged KEY FINGERPRINT: whether this tree was put here, or found here, by Hawser, and nothing
# below was changed since then. That time is the mark's own: the kernel sets it, and nobody can set
# that of a file back. A mark of the future says nothing: the clock was wrong.
unchanged() {
  mark=$S/mark/$1
  [ -f "$mark" ] && read -r fingerprint <"$mark" && [ "$fingerprint" = "$2" ] || return 1
  newer=$(find . -name '.hawser-stage-*' -prune -o -cnewer "$mark" -print 2>&1 | head -n 1)
  [ -z "$newer" ] && [ "$(stat -c %Z -- "$mark")" -le "$(date +%s)" ]
}

# Says so when this host has what it takes to pass files on.
say_whether_it_passes_on() {
  for tool in openssl mkfifo tee; do
    command -v $tool >/dev/null || return 0
  done
  echo r
}

# room DIR: how many bytes and inodes are free where a directory is, or would be; "-" where that is
# not told, or not limited.
room() {
  there=$1
  while [ ! -d "$there" ]; do
    there=${there%/*}
    there=${there:-/}
  done
  size=0 free=0 blocks=0 inodes=0 nodes=0
  read -r size free blocks inodes nodes <<END
$(stat -f -c '%S %a %b %d %c' -- "$there" 2>/dev/null)
END
  if [ "${blocks:-0}" -gt 0 ]; then bytes=$((size * free)); else bytes=-; fi
  if [ "${nodes:-0}" -eq 0 ]; then inodes=-; fi
  echo "v $bytes $inodes"
}

names_by_find() {
  find . ! -name . \( -name '.hawser-stage-*' -o -name "*$nl*" \) -prune -o ! -name . \( \
    -type f -printf 'f %m %s - %P\n' -o -type d -printf 'd %m %P\n' -o \
    -type l ! -lname "*$nl*" -printf 'l %P\nt %l\n' -o -printf 'o %P\n' \)
}

# Where find does not print, as in busybox.
names_by_stat() {
  # %f is the raw mode in hexadecimal digits, and its first one the type.
  find . ! -name . \( -name '.hawser-stage-*' -o -name "*$nl*" \) -prune -o \
    ! -name . ! -type l -exec stat -c '%f %a %s %n' {} + |
    sed -e 's|^8... \([0-7]*\) \([0-9]*\) \./|f \1 \2 - |' -e t \
      -e 's|^4... \([0-7]*\) [0-9]* \./|d \1 |' -e t -e 's|^.... [0-7]* [0-9]* \./|o |'
  # shellcheck disable=SC2016 # for the inner shell
  find . ! -name . \( -name '.hawser-stage-*' -o -name "*$nl*" \) -prune -o -type l -exec sh -c '
    for link; do
      to=$(readlink "$link")
      case $to in
        *"
"*) printf "o %s\n" "${link#./}" ;;
        *) printf "l %s\nt %s\n" "${link#./}" "$to" ;;
      esac
    done' sh {} +
}
