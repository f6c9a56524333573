# Whether a port of another host can be reached. Nobody has to listen there, and nothing is sent.
# From base.sh: nothing but what all parts take.
# shellcheck shell=sh

# A shell that connects and says what the system says. After the seconds nobody answered.
by_bash() {
  # shellcheck disable=SC2016 # for the other shell
  timeout 3 bash -c ': <"/dev/tcp/$1/$2"' bash "$1" "$2" 2>&1
}

by_curl() {
  case $1 in
    *:*) authority="[$1]:$2" ;;
    *) authority=$1:$2 ;;
  esac
  curl -q -sv -o /dev/null --noproxy '*' --connect-timeout 3 --max-time 4 "http://$authority/" 2>&1
}

# knock ADDRESS/PORT: open, refused (the way is free, nobody listens), silent, or the reason.
knock() {
  to=${1%/*} at_port=${1##*/}
  said=
  if command -v bash >/dev/null && command -v timeout >/dev/null; then
    said=$(by_bash "$to" "$at_port")
  elif command -v curl >/dev/null; then
    said=$(by_curl "$to" "$at_port")
  else
    echo "peer.$1=unchecked neither curl nor bash with timeout is on this host"
    return
  fi
  status=$?
  case $status.$said in
    0.* | *'Connected to'*) answer=open ;;
    *refused*) answer=refused ;;
    # A bash that was built without it, and a busybox that wants timeout -t.
    *'/dev/tcp/'*': No such file'* | *'timeout:'* | *'Usage: timeout'*)
      answer='unchecked neither its bash nor its timeout can do it'
      ;;
    124.* | 143.* | 28.*) answer=silent ;;
    *) answer="failed $(printf '%s' "$said" | tr '\n' ' ' | tr -cd '[:print:]' | cut -c 1-200)" ;;
  esac
  echo "peer.$1=$answer"
}
