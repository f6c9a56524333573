# The comparison of operations with the host.
# From base.sh: val, die, at, try, link_target, follow, has_mode, is_ours, services.
# From stand-in.sh: stands_in.
# shellcheck shell=sh
# shellcheck disable=SC2154 # val is set by base.sh

# same OPERATION: whether the host is as the operation wants it.
same() {
  case $1 in
    dir) at "$2" && [ -d "$val" ] && has_mode "$val" "$3" ;;
    file)
      at "$2"
      place=$val
      has_mode "$place" "$3" && { is_ours "$place" "$4" || stands_in "$place" "$4"; }
      ;;
    swap) at "$2" && follow "$val" && is_ours "$val" "$4" ;;
    link)
      at "$2"
      place=$val
      link_target "$3"
      [ -L "$place" ] && [ "$(readlink "$place")" = "$val" ]
      ;;
    unit)
      at "/etc/systemd/system/$2.service"
      is_ours "$val" "$3" && try services is-enabled "$2.service" &&
        try services is-active "$2.service"
      ;;
    *) die "unknown operation $1" ;;
  esac
}

do_check() {
  n=0
  while IFS=' ' read -r op a b c d e; do
    n=$((n + 1))
    if same "$op" "$a" "$b" "$c" "$d" "$e" </dev/null; then echo "$n same"; else echo "$n changed"; fi
  done
}
