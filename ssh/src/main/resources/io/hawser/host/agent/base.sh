# The one program by which Hawser reads and changes a host. docs/design/host-agent.md is its
# contract: verbs, fields, answers, the journal. Lines that are only comments are cut before sending.
#
#     hawser-agent VERB ROOT STATE [FIELD ...]
#
# This part begins every script: its variables and functions are for the parts after it.
# shellcheck shell=sh
# shellcheck disable=SC2034 # verb, J, cluster and nl are for the other parts
set -u
LC_ALL=C
export LC_ALL
umask 077
PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

verb=$1 root=$2 state=$3
shift 3
S=$root$state
J=$S/journal
cluster=${state##*/}
nl='
'
why=

die() {
  printf 'hawser-agent: %s\n' "$*" >&2
  exit 1
}

# A host that says where its root is must not be changed anywhere else: it may be a test's.
[ "${HAWSER_ROOT:-$root}" = "$root" ] ||
  die "this host's root is $HAWSER_ROOT, but Hawser was told ${root:-/}; give the host that root"
if [ -n "$root" ]; then
  HAWSER_ROOT=$root
  export HAWSER_ROOT
fi

# Runs a command; when it fails its complaint is in $why.
try() {
  why=$("$@" 2>&1 </dev/null) && return
  why="\"$*\" failed${why:+: $why}"
  return 1
}

# full PATH: says so when the file system there has no room left, or next to none: what could not be
# written may have been removed since. A shell that cannot write says only that it cannot.
full() {
  free=99 nodes=99 all=0
  read -r free nodes all <<END
$(stat -f -c '%a %d %c' -- "$1" 2>/dev/null)
END
  if [ "${free:-99}" -lt 32 ] || { [ "${nodes:-99}" -lt 8 ] && [ "${all:-0}" -gt 0 ]; }; then
    printf ': No space left on device'
  fi
}

# Decodes a field into $val. Forks only when there is something to decode.
dec() {
  case $1 in
    %) val= ;;
    *\\*)
      val=$(printf '%b.' "$1")
      val=${val%.}
      ;;
    *) val=$1 ;;
  esac
}

# Decodes the field of an absolute path into $val, below the root.
at() {
  dec "$1"
  case $val/ in
    */../* | */./*) die "not a plain path: $val" ;;
    /*) val=$root$val ;;
    *) die "not an absolute path: $val" ;;
  esac
}

# link_target FIELD: what a link shall point at, in $val.
link_target() {
  dec "$1"
  case $val in
    /*) val=$root$val ;;
  esac
}

# Follows the link at path $val once. Absolute targets are below the root; those of links that we
# made say so already.
hop() {
  to=$(readlink "$val")
  case $to in
    "$root"/*) val=$to ;;
    /*) val=$root$to ;;
    *) val=${val%/*}/$to ;;
  esac
}

# Where the chain of links from path $1 ends, in $val.
follow() {
  val=$1
  hops=0
  while [ -L "$val" ] && [ "$hops" -lt 40 ]; do
    hops=$((hops + 1))
    hop
  done
}

exists() { [ -e "$1" ] || [ -L "$1" ]; }

has_mode() {
  mode=$(stat -L -c %a -- "$1" 2>/dev/null) && [ "$((0$mode))" -eq "$((0$2))" ]
}

pick_digest() {
  for one in sha256sum 'shasum -a 256' 'openssl dgst -sha256 -r' ''; do
    if command -v "${one%% *}" >/dev/null; then return; fi
  done
  die "no openssl, sha256sum or shasum on this host"
}

# The digest of one regular file in $val, empty when it cannot be read.
sha() {
  # shellcheck disable=SC2086 # program and options
  val=$($one 2>/dev/null <"$1") || val=
  val=${val#\\}
  val=${val%% *}
}

is_ours() { [ -f "$1" ] && [ ! -L "$1" ] && sha "$1" && [ "$val" = "$2" ]; }

# Services must not inherit the agent's own umask; a systemctl without systemd would pass it on.
services() { (umask 022 && systemctl "$@"); }
