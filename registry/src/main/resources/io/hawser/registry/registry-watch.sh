#!/bin/sh
# Asks each replica of a registry for content that all of them have, as this node sees it, and lists those last that do
# not answer rightly. Written by Hawser; docs/design/health-watch.md of Hawser says why it is as it is.
#
#     registry-watch.sh LIST        goes on until it is ended; then it puts back the order of the list
#
# LIST is Hawser's: what it says is only read. From it come the files that programs on this node read: containerd's
# hosts.toml, and the lines of the hosts file. A file that is neither as Hawser wrote it nor as this did is left alone.
set -u
LC_ALL=C
export LC_ALL
umask 077
PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# Every so many seconds all are asked; one that has not answered after so many is bad.
period=2
limit=1.5
# Blobs are asked for only every so many times, but always while a replica is bad.
blobs_every=5

list=${1-}

say() { printf '%s\n' "$*"; }

die() {
  say "registry-watch: $*" >&2
  exit 1
}

# of WORD: what the list says after it.
of() { sed -n "s/^$1 //p" "$work/list"; }

sha() {
  digest=$($sum <"$1" 2>/dev/null) || digest=
  digest=${digest%% *}
}

# Reads the list. What each replica needs lies in files that begin with its number.
learn() {
  cp -- "$list" "$work/list" || die "cannot read $list"
  read -r kind version <"$work/list"
  [ "$kind $version" = 'hawser-registry-watch 1' ] || die "$list is no list of version 1 but \"$kind $version\""
  pick_programs
  toml=$(of toml) hosts=$(of hosts) block=$(of block) count=$(of replicas) paths=$(of path)
  all='' bad=' ' once_good=' ' quiet='' asked=0
  # What an earlier list said may hold a password that nobody shall find any more.
  rm -f -- "$work"/[0-9]*.*
  n=1
  while [ "$n" -le "$count" ]; do
    all="$all $n"
    for part in name server table line curl wget; do of "$part $n" >"$work/$n.$part"; done
    n=$((n + 1))
  done
  render "$all"
  mv -- "$work/text" "$work/wanted"
  sha "$work/wanted"
  wanted=$digest
  clear_up
}

# render ORDER: writes hosts.toml in that order.
render() {
  {
    of head
    cat -- "$work/$(first "$1").server"
    for n in $1; do cat -- "$work/$n.table"; done
  } >"$work/text"
}

first() {
  # shellcheck disable=SC2086 # numbers
  set -- $1
  say "$1"
}

is_gnu_wget() { wget --help 2>/dev/null | grep -q -e '--config'; }

pick_programs() {
  sum=
  for sum in sha256sum 'openssl dgst -sha256 -r' 'shasum -a 256' ''; do
    if command -v "${sum%% *}" >/dev/null; then break; fi
  done
  get=
  if command -v curl >/dev/null; then
    get=by_curl
  elif command -v wget >/dev/null && is_gnu_wget; then
    get=by_wget
  elif command -v openssl >/dev/null && ! grep -q '^name [0-9]* http:' "$work/list"; then
    get=by_openssl
  fi
}

# The fetchers put the body into a file. A password reaches them in a file, never as an argument.
by_curl() { curl -q -fsS --connect-timeout "$limit" --max-time "$limit" -K "$work/$1.curl" -o "$work/$1.body" "$2"; }

by_wget() { timeout 2 wget --config="$work/$1.wget" -nv -t 1 -T "$limit" -O "$work/$1.body" "$2"; }

# openssl brings TLS, but no HTTP. Version 1.0 of that has no pieces to put together and ends with the body.
by_openssl() {
  at=${2#https://}
  path=/${at#*/} at=${at%%/*}
  name=${at%:*}
  name=${name#[} name=${name%]}
  case $name in
    *:*) kind=ip ;;
    *[!0-9.]*) kind=hostname ;;
    *) kind=ip ;;
  esac
  ca=$(sed -n 's/^ca_certificate = //p' "$work/$1.wget")
  {
    printf 'GET %s HTTP/1.0\r\nHost: %s\r\n' "$path" "$at"
    sed -n 's/^header = //p' "$work/$1.wget" | while IFS= read -r header; do printf '%s\r\n' "$header"; done
    printf '\r\n'
  } | timeout 2 openssl s_client -quiet -connect "$at" ${ca:+-CAfile "$ca"} -verify_return_error "-verify_$kind" "$name" \
    2>"$work/$1.noise" >"$work/$1.answer" || {
    tail -n 3 "$work/$1.noise"
    return 1
  }
  head=$(sed "/^$(printf '\r')\$/q" "$work/$1.answer" | wc -c)
  tail -c "+$((head + 1))" "$work/$1.answer" >"$work/$1.body"
  read -r version status reason <"$work/$1.answer"
  [ "$status" = 200 ] || {
    say "$version $status $reason"
    return 1
  }
}

# asks REPLICA FROM-FIRST: fetches the content and compares it; says on stdout what is wrong.
asks() {
  say "$paths" | while IFS=' ' read -r digest_wanted path; do
    $get "$1" "$(cat -- "$work/$1.name")$path" 2>&1 </dev/null || exit 1
    sha "$work/$1.body"
    if [ "$digest" != "$digest_wanted" ]; then
      say "wrong content, its digest is $digest"
      exit 1
    fi
    if [ -z "$2" ]; then exit 0; fi
  done
}

is_in() {
  case $2 in
    *" $1 "*) ;;
    *) return 1 ;;
  esac
}

without() {
  left=' '
  for one in $2; do
    if [ "$one" != "$1" ]; then left="$left$one "; fi
  done
}

# Asks all at once, and sorts them into good and bad.
ask_all() {
  running=
  full=
  if [ "$asked" -eq 0 ]; then full=1; fi
  asked=$(((asked + 1) % blobs_every))
  for n in $all; do
    everything=$full
    if is_in "$n" "$bad"; then everything=1; fi
    asks "$n" "$everything" >"$work/$n.reason" &
    running="$running $n:$!"
  done
  for question in $running; do
    if wait "${question#*:}"; then answered "${question%:*}"; else failed "${question%:*}"; fi
  done
}

# One that was bad has to answer twice.
answered() {
  is_in "$1" "$bad" || return 0
  if is_in "$1" "$once_good"; then
    without "$1" "$bad"
    bad=$left
    without "$1" "$once_good"
    once_good=$left
    say "$(cat -- "$work/$1.name") answers again"
  else
    once_good="$once_good$1 "
  fi
}

failed() {
  without "$1" "$once_good"
  once_good=$left
  is_in "$1" "$bad" && return
  bad="$bad$1 "
  say "$(cat -- "$work/$1.name") is bad: $(tr '\n' ' ' <"$work/$1.reason")"
}

# The good ones first, each part in the order of the list. When none is good the order stays.
derive() {
  good='' last=''
  for n in $all; do
    if is_in "$n" "$bad"; then last="$last $n"; else good="$good $n"; fi
  done
  [ -n "$good" ] || return 0
  write_toml "$good$last"
  if [ -z "$last" ]; then good=; fi
  write_hosts "$good"
}

# Whether a file was put by us in place of the one with the digest wanted, and is as we left it.
stands_in() {
  mark=$(tail -n 1 -- "$1")
  case $mark in
    "# hawser: for now in place of $wanted, "*) ;;
    *) return 1 ;;
  esac
  sed '$d' "$1" >"$work/marked"
  sha "$work/marked"
  rm -f -- "$work/marked"
  [ "$digest" = "${mark##* }" ]
}

is_ours() { cmp -s "$work/wanted" "$1" || stands_in "$1"; }

# replace FILE: gets the content of $work/text, in one step, mode and owner as they are.
replace() {
  new=${1%/*}/.hawser-watch-${1##*/}
  cp -p -- "$1" "$new" && cat -- "$work/text" >"$new" || return
  sync -d "$new" 2>/dev/null
  mv -f -- "$new" "$1"
}

write_toml() {
  if [ -z "$toml" ] || [ ! -f "$toml" ]; then return; fi
  render "$1"
  if ! cmp -s "$work/text" "$work/wanted"; then
    sha "$work/text"
    say "# hawser: for now in place of $wanted, $digest" >>"$work/text"
  fi
  if cmp -s "$work/text" "$toml"; then
    quiet=
  elif is_ours "$toml"; then
    replace "$toml"
    quiet=
  elif [ -z "$quiet" ]; then
    quiet=1
    say "$toml was changed by somebody else and is left alone"
  fi
}

# write_hosts ORDER: those of them stand before Hawser's own lines; none when the order is empty.
write_hosts() {
  if [ -z "$hosts" ]; then return; fi
  place=$hosts
  if [ -L "$place" ]; then place=$(readlink -f "$place") || return; fi
  [ -f "$place" ] || return
  for n in $1; do cat -- "$work/$n.line"; done >"$work/lines"
  sed "/^# hawser begin watch.$block\$/,/^# hawser end watch.$block\$/d" "$place" >"$work/text"
  at=$(grep -n "^# hawser begin $block" "$work/text" | sed -n '1s/:.*//p')
  if [ -n "$1" ] && [ -n "$at" ]; then
    {
      head -n "$((at - 1))" "$work/text"
      say "# hawser begin watch.$block"
      cat "$work/lines"
      say "# hawser end watch.$block"
      tail -n "+$at" "$work/text"
    } >"$work/with"
    mv -- "$work/with" "$work/text"
  fi
  cmp -s "$work/text" "$place" || replace "$place"
}

restore() {
  write_toml "$all"
  write_hosts ''
  clear_up
}

# What a loss of power may have left.
clear_up() {
  for file in "$toml" "$hosts"; do
    [ -z "$file" ] || rm -f -- "${file%/*}/.hawser-watch-${file##*/}"
  done
}

watch() {
  while :; do
    sleep "$period" &
    pause=$!
    if [ -n "$get" ] && [ -f "$list" ]; then
      cmp -s "$list" "$work/list" || learn
      ask_all
      derive
    fi
    wait "$pause"
  done
}

# In memory where that is possible: nothing stays after a loss of power.
for place in "${RUNTIME_DIRECTORY:-/run}" "${TMPDIR:-/tmp}"; do
  work=$(mktemp -d "$place/hawser-watch.XXXXXX" 2>/dev/null) && break
done
[ -n "$work" ] || die 'no temporary directory can be made in /run or /tmp'
trap 'rm -rf -- "$work"' EXIT
learn
if [ -z "$get" ]; then
  say 'neither curl nor the wget of GNU is on this node, nor openssl for replicas with TLS: the order stays as it is'
fi
trap 'restore; exit 0' HUP INT TERM
watch
