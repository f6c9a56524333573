# The time.
# From base.sh: nothing but what all parts take.
# shellcheck shell=sh

milliseconds() {
  now=$(date +%s%N)
  case $now in
    *[!0-9]*) echo "$(date +%s)000" ;;
    *) echo "$((now / 1000000))" ;;
  esac
}
