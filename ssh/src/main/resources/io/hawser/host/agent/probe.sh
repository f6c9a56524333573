# A download whose digest is compared.
# From base.sh: one, val, die, dec. From clock.sh: milliseconds.
# shellcheck shell=sh
# shellcheck disable=SC2154 # one and val are set by base.sh

# A value in quotes for a configuration file of curl.
quoted() {
  printf '"'
  printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g' | tr -d '\n'
  printf '"\n'
}

# The fetchers print the body; a password reaches them as a configuration, never as an argument.
by_curl() {
  {
    printf 'url = '
    quoted "$url"
    [ -z "$user" ] || { printf 'user = ' && quoted "$user:$password"; }
    [ -z "$accept" ] || { printf 'header = ' && quoted "Accept: $accept"; }
    [ -z "$ca" ] || { printf 'cacert = ' && quoted "$complaint.ca"; }
  } | curl -q -fsS --connect-timeout 5 --max-time 60 -K -
}

# The wget of GNU takes a password from a file and says why it failed without its progress bar.
by_wget() {
  quiet=-q
  if is_gnu_wget; then quiet=-nv; fi
  set -- "$quiet" -O - -T 20
  [ -z "$accept" ] || set -- "$@" --header "Accept: $accept"
  [ -z "$ca" ] || set -- "$@" --ca-certificate "$complaint.ca"
  if [ -z "$user" ]; then
    wget "$@" -- "$url"
  else
    # wget wants a real file; the umask keeps it from others.
    printf 'user = %s\npassword = %s\n' "$user" "$password" >"$complaint.rc"
    wget --config="$complaint.rc" "$@" -- "$url"
  fi
}

is_gnu_wget() { wget --help 2>/dev/null | grep -q -e '--config'; }

do_probe() {
  IFS=' ' read -r url user password accept want ca || [ -n "${want:-}" ] || die "probe: no input"
  dec "$url" && url=$val
  dec "$user" && user=$val
  dec "$password" && password=$val
  dec "$accept" && accept=$val
  dec "$ca" && ca=$val
  if command -v curl >/dev/null; then
    fetch=by_curl
  elif command -v wget >/dev/null; then
    fetch=by_wget
    if [ -n "$user" ] && ! is_gnu_wget; then
      echo "unchecked the wget of this host takes a password only where others can see it; curl is missing"
      return
    fi
    case $url in
      https:*)
        if ! is_gnu_wget; then
          echo "unchecked the wget of this host takes any certificate; curl is missing"
          return
        fi
        ;;
    esac
  else
    echo "unchecked neither curl nor wget is on this host"
    return
  fi
  began=$(milliseconds)
  complaint=$(mktemp "${TMPDIR:-/tmp}/hawser.XXXXXX") || die "no temporary file"
  trap 'rm -f "$complaint" "$complaint.rc" "$complaint.ca"' EXIT
  trap 'exit 1' HUP INT TERM
  [ -z "$ca" ] || printf '%s' "$ca" >"$complaint.ca" || die "cannot write $complaint.ca"
  # shellcheck disable=SC2086 # program and options
  answer=$({ { $fetch 2>"$complaint"; echo "$?" >&3; } | $one; } 3>&1)
  status=$(printf '%s\n' "$answer" | sed -n 's/^\([0-9]\{1,3\}\)$/\1/p')
  got=$(printf '%s\n' "$answer" | sed -n 's/^\([0-9a-f]\{64\}\) .*/\1/p')
  if [ "$status" != 0 ]; then
    message=$(tr '\n' ' ' <"$complaint")
    echo "failed ${message:-$fetch ended with status $status}"
  elif [ "$got" != "$want" ]; then
    echo "failed the digest of the body is $got"
  else
    echo "passed $(($(milliseconds) - began))"
  fi
}
