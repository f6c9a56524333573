# Whose the host is: the records of its lock. docs/design/host-agent.md tells their form.
# From base.sh: S, val, die, dec.
# shellcheck shell=sh
# shellcheck disable=SC2034 # number is for lock.sh
# shellcheck disable=SC2154 # S and val are set by base.sh

# clock: seconds since the host started, in $now; where that is not told, since 1970.
clock() {
  { read -r now _ </proc/uptime; } 2>/dev/null || now=$(date +%s)
  now=${now%%.*}
}

# newest: the lock that was taken last: its $rec, $number and generation ($held). Forks nothing and
# reads no more than it needs, a shell reads byte by byte: every call that changes something asks.
newest() {
  tries=0
  while :; do
    number=1000000000 held=''
    for rec in "$S"/lock/g.*; do :; done
    [ -f "$rec" ] || return 1
    number=${rec##*/g.}
    if {
      read -r form && { [ "$form" != 'hawser-lock 1' ] || read -r held; }
    } 2>/dev/null <"$rec"; then break; fi
    # Its owner may have taken it away meanwhile.
    tries=$((tries + 1))
    [ "$tries" -lt 5 ] || die "cannot read $rec"
  done
  [ "$form" = 'hawser-lock 1' ] ||
    die "$rec is of version ${form#hawser-lock }, this Hawser knows version 1: use the Hawser that wrote it"
}

# The rest of the newest record.
rest() {
  lease=0 since='' owner=''
  { read -r _ && read -r _ && read -r lease && read -r since && read -r owner; } 2>/dev/null <"$rec"
}

# Whether the owner of the newest lock lives: what holds it for him runs, and heard of him within
# the lease.
alive() {
  rest || return 1
  { read -r beat holder _ <"$S/lock/b.$held"; } 2>/dev/null || return 1
  [ "$beat" != free ] || return 1
  clock
  [ "$now" -ge "$beat" ] && [ $((now - beat)) -le "$lease" ] && kill -0 "$holder" 2>/dev/null
}

# The owner of the newest lock in words, in $val.
whose() {
  rest
  dec "$owner"
  val="$val since $since"
}
