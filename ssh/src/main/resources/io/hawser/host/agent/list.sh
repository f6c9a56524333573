# A directory as it is.
# From base.sh: nl, val, die, at. From digests.sh: digest_all.
# shellcheck shell=sh
# shellcheck disable=SC2154 # nl and val are set by base.sh

do_list() {
  at "$1"
  [ -d "$val" ] || return 0
  cd -- "$val" || die "cannot enter $val"
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
  [ "$2" = digests ] || return 0
  names=$(cat)
  if [ -n "$names" ]; then
    printf '%b\n' "$names" | sed 's|^|./|' | tr '\n' '\0'
  else
    find . ! -name . \( -name '.hawser-stage-*' -o -name "*$nl*" \) -prune -o -type f -print0
  fi | digest_all s "$3"
}
