# What preflight asks beside the facts, in one call. It changes nothing.
# From base.sh: root, val, dec, at. From clock.sh: milliseconds. From knock.sh: knock.
# shellcheck shell=sh
# shellcheck disable=SC2154 # root and val are set by base.sh

# Each address of the host as INTERFACE,MTU,ADDRESS; where there is no ip, without the first two.
addresses() {
  if command -v ip >/dev/null; then
    ip addr 2>/dev/null |
      sed -n -e '/^[0-9]/{s/^[0-9]*: *\([^:@]*\).* mtu \([0-9]*\).*/\1,\2/;h;}' \
        -e '/^ *inet/{s/^ *inet6\{0,1\} *\([^/ ]*\).*/,\1/;G;s/\(.*\)\n\(.*\)/\2\1/p;}'
  else
    sed -n -e '/|-- /{s/.*|-- //;h;}' -e '/32 host LOCAL/{g;s/^/-,-,/p;}' /proc/net/fib_trie 2>/dev/null
    sed -n -e 's/^\([0-9a-f]\{32\}\) .* \([^ ]*\)$/\1/' -e 's/..../&:/g' -e 's/^\(.*\):$/-,-,\1/p' \
      /proc/net/if_inet6 2>/dev/null
  fi | sort -u
}

# The processes of these names that run.
running() {
  names=
  all_names=" $(cat /proc/[0-9]*/comm 2>/dev/null | sort -u | tr '\n' ' ') "
  for program; do
    case $all_names in *" $program "*) names="$names${names:+ }$program" ;; esac
  done
  echo "$names"
}

# proxies SOURCE: of lines NAME=VALUE, the names that set a proxy, without values, which may hold a
# password, and for which hosts there is none.
proxies() {
  lines=$(sed -e 's/^export //' -e 's/["'\'']//g')
  echo "proxy.$1=$(printf '%s\n' "$lines" |
    sed -n 's/^\([hHaA][tTlL][tTlL][pP]\{0,1\}[sS]\{0,1\}_[pP][rR][oO][xX][yY]\)=..*/\1/p' | tr '\n' ' ')"
  echo "no_proxy.$1=$(printf '%s\n' "$lines" |
    sed -n 's/^[nN][oO]_[pP][rR][oO][xX][yY]=//p' | tr '\n' ',')"
}

# listeners PORT: who listens there, each as ADDRESS,PROGRAM; the address as the kernel writes it.
listeners() {
  if [ ! -r /proc/net/tcp ]; then
    echo "port.$1=unchecked"
    return
  fi
  hex=$(printf '%04X' "$1")
  found=$(sed -n "s/^ *[0-9]*: \([0-9A-F]*\):$hex [^ ]* 0A [^ ]* [^ ]* [^ ]* *[0-9]* *[0-9]* \([0-9]*\) .*/\1 \2/p" \
    /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  owners=
  while read -r address inode; do
    [ -n "$address" ] || continue
    program=
    # shellcheck disable=SC2012 # not every find looks at the targets of links
    folder=$(ls -l /proc/[0-9]*/fd 2>/dev/null |
      sed -n -e '/^\/proc\/[0-9]*\/fd:$/{s/fd:$//;h;}' -e "/socket:\[$inode\]$/{g;p;q;}")
    [ -z "$folder" ] || program=$(tr -cd '[:alnum:]._-' 2>/dev/null <"${folder}comm")
    owners="$owners${owners:+ }$address,${program:--}"
  done <<END
$found
END
  echo "port.$1=$owners"
}

# room PATH: of the file system where it lies or would lie, free bytes, free inodes, how it is
# mounted, and where.
room() {
  at "$1"
  place=$val
  while [ ! -d "$place" ] && [ -n "$place" ]; do place=${place%/*}; done
  free=
  mount=
  read -r free mount <<END
$(df -P -k -- "${place:-/}" 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9]*% \(.*\)/\1 \2/p')
END
  if [ -z "$free" ]; then
    echo "room.$1=unchecked"
    return
  fi
  inodes=$(df -P -i -- "${place:-/}" 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9]*% .*/\1/p')
  options=
  while read -r _ where _ flags _; do
    if [ "$where" = "$mount" ]; then options=$flags; fi
  done 2>/dev/null </proc/mounts
  echo "room.$1=$((free * 1024)) ${inodes:--} ${options:--} $mount"
}

# Programs of every system that these scripts call, and this one does not have.
lacking() {
  names=
  for program in cat chmod cp df grep ln mkdir mktemp mv readlink rm rmdir sed sort stat tail tr wc; do
    command -v "$program" >/dev/null || names="$names${names:+ }$program"
  done
  echo "$names"
}

# 1 where the kernel has IPVS or can load it, 0 where it cannot, nothing where that cannot be told.
ipvs() {
  modules=/lib/modules/$(uname -r)
  if [ -e /proc/net/ip_vs ] || grep -qs '/ip_vs\.ko' "$modules/modules.dep" "$modules/modules.builtin"; then
    echo 1
  elif [ -e "$modules/modules.dep" ]; then
    echo 0
  fi
}

do_survey() {
  echo "clock=$(milliseconds)"
  echo "machine=$(head -n 1 "$root/etc/machine-id" 2>/dev/null | tr -cd '0-9a-f')"
  echo "addresses=$(addresses | tr '\n' ' ')"
  echo "engines=$(running dockerd crio k3s-server k3s-agent rke2 kubelet)"
  firewall=$(running firewalld)
  if grep -q '^ENABLED=yes' "$root/etc/ufw/ufw.conf" 2>/dev/null; then firewall="$firewall${firewall:+ }ufw"; fi
  echo "firewall=$firewall"
  echo "lacks=$(lacking)"
  echo "ipvs=$(ipvs)"
  echo "selinux=$(cat /sys/fs/selinux/enforce 2>/dev/null)"
  { env; cat "$root/etc/environment" 2>/dev/null; } | proxies login
  cat "$root"/etc/systemd/system/containerd.service.d/*.conf 2>/dev/null |
    sed -n 's/^Environment=//p' | tr ' ' '\n' | proxies containerd
  for word; do
    dec "$word"
    case $val in
      port=*) listeners "${val#port=}" ;;
      path=*) room "${val#path=}" ;;
      peer=*) knock "${val#peer=}" </dev/null & ;;
      *) die "survey: $val is no question" ;;
    esac
  done
  wait
}
