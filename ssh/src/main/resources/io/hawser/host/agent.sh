#!/bin/sh
# The one program by which Hawser reads and changes a host. docs/design/host-agent.md is its
# contract: verbs, fields, answers, the journal. Lines that are only comments are cut before sending.
#
#     hawser-agent VERB ROOT STATE [FIELD ...]
#
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
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

# ---- fields ----

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

# Where the chain of links from path $1 ends, in $val; absolute targets are below the root.
follow() {
  val=$1
  hops=0
  while [ -L "$val" ] && [ "$hops" -lt 40 ]; do
    hops=$((hops + 1))
    to=$(readlink "$val")
    case $to in
      /*) val=$root$to ;;
      *) val=${val%/*}/$to ;;
    esac
  done
}

exists() { [ -e "$1" ] || [ -L "$1" ]; }

has_mode() {
  mode=$(stat -L -c %a -- "$1" 2>/dev/null) && [ "$((0$mode))" -eq "$((0$2))" ]
}

# ---- digests ----

pick_digest() {
  for one in sha256sum 'shasum -a 256' 'openssl dgst -sha256 -r' ''; do
    if command -v "${one%% *}" >/dev/null; then return; fi
  done
  die "no openssl, sha256sum or shasum on this host"
}

# For many or long files: openssl is several times faster than the sum programs, and slower to start.
pick_fast_digest() {
  all=$one
  if openssl dgst -sha256 -r /dev/null >/dev/null 2>&1; then all='openssl dgst -sha256 -r'; fi
}

# The digest of one regular file in $val, empty when it cannot be read.
sha() {
  # shellcheck disable=SC2086 # program and options
  val=$($one 2>/dev/null <"$1") || val=
  val=${val#\\}
  val=${val%% *}
}

is_ours() { [ -f "$1" ] && [ ! -L "$1" ] && sha "$1" && [ "$val" = "$2" ]; }

cores() { nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1; }

# Digests the files named on stdin (./path, NUL between) with at most $2 processes (0: one a core)
# and prints "$1 SHA path". Each process writes a file of its own: lines of several writers on one
# pipe would get mixed up.
digest_all() {
  pick_fast_digest
  limit=$(cores)
  if [ "$2" -gt 0 ] && [ "$2" -lt "$limit" ]; then limit=$2; fi
  sums=$(mktemp -d "${TMPDIR:-/tmp}/hawser.XXXXXX") || die "no temporary directory"
  trap 'rm -rf "$sums"' EXIT
  trap 'exit 1' HUP INT TERM
  # A sum program marks a line in which it escaped a backslash with a leading one.
  xargs -0 -r -n 128 -P "$limit" sh -c "out=\$1; shift; exec $all \"\$@\" >>\"\$out/\$\$\"" sh "$sums"
  find "$sums" -type f -exec cat {} + |
    sed -e '/^\\/{s/^\\//;s/\\\\/\\/g;}' -e "s|^\([0-9a-f]*\) [ *]\./|$1 \1 |"
}

# ---- disk ----

# Older versions of sync know no files, and sync everything.
flush() { sync -- "$@" 2>/dev/null || sync; }
flush_fs() { sync -f -- "$@" 2>/dev/null || sync; }

# ---- journal ----
# text: the journal as it is; act: its entries that are not undone, "SEQ OWNER KIND TARGET EXTRA...";
# finished: the sequence numbers of those that are done, blanks around; seq: the last one given.

# Whether the last line of $text ends with the right sum.
sound() {
  last=$(printf '%s\n' "$text" | tail -n 1)
  body=${text%"$last"}
  sum=$(printf '%s%s' "$body" "${last% *}" | cksum)
  [ "${last##* }" = "${sum%% *}" ]
}

cut_last() { text=$(printf '%s\n' "$text" | sed '$d'); }

load() {
  text='hawser-journal 1' torn='' act='' finished=' ' seq=0
  [ -f "$J" ] || return 0
  text=$(cat "$J" && echo .) || die "cannot read $J"
  case $text in
    'hawser-journal 1'"$nl"*) ;;
    'hawser-journal '*)
      read -r _ version <"$J"
      die "$J is of version $version, this Hawser knows version 1: use the Hawser that wrote it"
      ;;
    *) die "$J is not a journal of Hawser" ;;
  esac
  case $text in
    *"$nl.") text=${text%"$nl."} ;;
    *)
      text=${text%.}
      cut_last
      torn=1
      ;;
  esac
  [ "$text" != 'hawser-journal 1' ] || return 0
  if ! sound; then
    # Only a line that was being written when the host died may be wrong, and there is one at most.
    [ -z "$torn" ] || die "$J is damaged: its sums do not fit"
    torn=1
    cut_last
    [ "$text" = 'hawser-journal 1' ] || sound || die "$J is damaged: its sums do not fit"
  fi
  undone=" $(printf '%s\n' "$text" | sed -n 's/^U \([0-9]*\) .*/\1/p' | tr '\n' ' ')"
  finished=" $(printf '%s\n' "$text" | sed -n 's/^D \([0-9]*\) .*/\1/p' | tr '\n' ' ')"
  seq=$(printf '%s\n' "$text" | sed -n 's/^S \([0-9]*\) .*/\1/p' | tail -n 1)
  seq=${seq:-0}
  act=$(
    printf '%s\n' "$text" | sed -n 's/^S \(.*\) [0-9]*$/\1/p' | while read -r n rest; do
      case $undone in
        *" $n "*) ;;
        *) printf '%s %s\n' "$n" "$rest" ;;
      esac
    done
  )
}

is_done() {
  case $finished in
    *" $1 "*) ;;
    *) return 1 ;;
  esac
}

# Makes the state directory. Which of its parents we made stands in .made beside it, for close.
make_state() {
  home=${S%/*}
  missing=
  up=${home%/*}
  while [ -n "$up" ] && [ ! -d "$up" ]; do
    missing="$up$nl$missing"
    up=${up%/*}
  done
  (umask 022 && mkdir -p "$home") || die "cannot make $home"
  if [ -n "$missing" ]; then printf '%s' "$missing" >"$home/.made"; fi
  mkdir -p "$S/pre" "$S/undo" "$S/tree" || die "cannot make $S"
  printf '%s\n' "$text" >"$J.new" && flush "$J.new" && mv -f "$J.new" "$J" && flush "$S" ||
    die "cannot write $J"
  torn=
}

prepare() {
  if [ -n "$torn" ] || [ ! -f "$J" ]; then make_state; fi
}

# Appends a line to the journal and waits until the disk has it.
note() {
  prepare
  sum=$(printf '%s\n%s' "$text" "$1" | cksum)
  line="$1 ${sum%% *}"
  printf '%s\n' "$line" >>"$J" || die "cannot write $J"
  flush "$J"
  text=$text$nl$line
}

# The next sequence number; the place for its pre-image is there afterwards.
next() {
  prepare
  seq=$((seq + 1))
}

# begun KIND TARGET EXTRA...: entry $seq of $owner starts.
begun() {
  note "S $seq $owner $*"
  act="$act${act:+$nl}$seq $owner $*"
}

ended() {
  note "D $1"
  finished="$finished$1 "
}

# find_entry PATTERN: the last entry that is not undone whose line matches, split into
# e_seq e_kind e_target x1 x2 x3 x4.
find_entry() {
  found=
  # shellcheck disable=SC2254 # a pattern on purpose
  while read -r line; do
    case $line in
      $1) found=$line ;;
    esac
  done <<END
$act
END
  [ -n "$found" ] || return 1
  IFS=' ' read -r e_seq _ e_kind e_target x1 x2 x3 x4 <<END
$found
END
}

# A field as a pattern that means itself: of its characters only the backslash is special.
literal() { printf '%s' "$1" | sed 's/\\/\\\\/g'; }

find_change() { find_entry "* * $1 $(literal "$2") *"; }

# ---- changes ----

# Makes the missing parents of a path (a field) one by one, each an entry of its own.
parents() {
  [ -n "${1%/*}" ] || return 0
  at "${1%/*}"
  [ ! -d "$val" ] || return 0
  # The state directory may bring some of them.
  prepare
  [ ! -d "$val" ] || return 0
  parents "${1%/*}" || return 1
  make_dir "${1%/*}" 0755
}

make_dir() {
  at "$1"
  next
  begun dir "$1" "$2" -
  try mkdir -m "$2" -- "$val" || return 1
  ended "$seq"
}

# Stores what stands at a path as the pre-image of entry $seq; $pre says how.
keep() {
  pre=-
  if [ -L "$1" ]; then
    try cp -a -- "$1" "$S/pre/$seq" || return 1
    pre=p
  elif [ -f "$1" ]; then
    try cp -a -- "$1" "$S/pre/$seq" || return 1
    flush "$S/pre/$seq"
    pre=p
  elif [ -e "$1" ]; then
    pre=r
  fi
}

# Renames what stands at a path, so that the place is free.
set_aside() {
  if exists "$1.hawser-$seq"; then
    why="$1.hawser-$seq is in the way"
    return 1
  fi
  try mv -- "$1" "$1.hawser-$seq"
}

# put PATH SHA CONTENT MODE: stages the content beside the path and renames it into place; with the
# mode "keep" the file there gives mode and owner. The name is free, and nobody can have put a link
# there that is followed.
put() {
  new=${1%/*}/.hawser-new-$cluster-${e_seq:-$seq}
  rm -f -- "$new"
  if [ "$4" = keep ]; then
    try cp -a -- "$1" "$new" || return 1
  else
    why=$( (set -C && : >"$new") 2>&1) || return 1
  fi
  content=$3
  [ "$content" != % ] || content=
  if ! why=$( (printf '%b' "$content" >"$new") 2>&1) || ! is_ours "$new" "$2"; then
    rm -f -- "$new"
    why="${why:-$1: the content did not arrive whole, is the disk full?}"
    return 1
  fi
  if [ "$4" != keep ]; then try chmod "$4" -- "$new" || return 1; fi
  flush "$new"
  if ! try mv -f -- "$new" "$1"; then
    rm -f -- "$new"
    return 1
  fi
  flush "${1%/*}"
}

# link_target FIELD: what a link shall point at, in $val.
link_target() {
  dec "$1"
  case $val in
    /*) val=$root$val ;;
  esac
}

# same OPERATION: whether the host is as the operation wants it.
same() {
  case $1 in
    dir) at "$2" && [ -d "$val" ] && has_mode "$val" "$3" ;;
    file) at "$2" && has_mode "$val" "$3" && is_ours "$val" "$4" ;;
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

apply_dir() {
  prepare
  at "$1"
  if [ -d "$val" ]; then
    old=$(stat -L -c %a -- "$val")
    next
    begun dir "$1" "$2" "$old"
    try chmod "$2" -- "$val" && ended "$seq"
  elif exists "$val"; then
    why="$val is not a directory"
    return 1
  else
    parents "$1" && make_dir "$1" "$2"
  fi
}

apply_file() {
  parents "$1" || return 1
  at "$1"
  place=$val
  next
  keep "$place" || return 1
  begun file "$1" "$3" "$pre"
  if [ "$pre" = r ]; then set_aside "$place" || return 1; fi
  put "$place" "$3" "$4" "$2" && ended "$seq"
}

apply_swap() {
  parents "$1" || return 1
  at "$1"
  follow "$val"
  place=$val
  now=% how=k
  if [ -f "$place" ]; then
    sha "$place"
    now=$val
  elif exists "$place"; then
    why="$place is not a file"
    return 1
  fi
  if [ "$now" != "$2" ]; then
    why="$place was changed by somebody else meanwhile"
    return 1
  fi
  # Whoever takes out the last block of a file that we made removes the file.
  if [ "$now" = % ] || find_entry "* * block $(literal "$1") * -"; then how=-; fi
  if ! find_change block "$1 $4"; then
    next
    begun block "$1" "$4" "$how"
    e_seq=$seq
  fi
  if [ "$now" = % ]; then mode=0644; else mode=keep; fi
  put "$place" "$3" "$5" "$mode" || return 1
  is_done "$e_seq" || ended "$e_seq"
}

apply_link() {
  parents "$1" || return 1
  at "$1"
  place=$val
  next
  pre=-
  if exists "$place"; then pre=r; fi
  begun link "$1" "$2" "$pre"
  if [ "$pre" = r ]; then set_aside "$place" || return 1; fi
  link_target "$2"
  try ln -s -- "$val" "$place" && flush "${place%/*}" && ended "$seq"
}

# Services must not inherit the agent's own umask; a systemctl without systemd would pass it on.
services() { (umask 022 && systemctl "$@"); }

wants_dirs() {
  for wants in "$root"/etc/systemd/system/*.wants; do
    if [ -d "$wants" ]; then printf '%s\n' "$wants"; fi
  done
}

apply_unit() {
  if ! command -v systemctl >/dev/null; then
    why="systemctl is not on this host, and a service needs it"
    return 1
  fi
  unit=$1.service
  enabled=0 active=0 start=start
  if try services is-enabled "$unit"; then enabled=1; fi
  if try services is-active "$unit"; then active=1; fi
  parents "/etc/systemd/system/$unit" || return 1
  at "/etc/systemd/system/$unit"
  place=$val
  # Our unit that somebody stopped is started again; the entry that is there knows how to undo it.
  if ! is_ours "$place" "$2" || ! find_change unit "$1 $2"; then
    next
    e_seq=$seq
    keep "$place" || return 1
    wants_dirs >"$S/pre/$seq.wants"
    begun unit "$1" "$2" "$pre" "$enabled" "$active"
    if [ "$pre" = r ]; then set_aside "$place" || return 1; fi
  fi
  if ! is_ours "$place" "$2"; then
    put "$place" "$2" "$3" 0644 || return 1
    start=restart
  fi
  try services daemon-reload && try services enable "$unit" || return 1
  if ! try services "$start" "$unit"; then
    why="$why; $(services status -n 5 --no-pager "$unit" 2>&1 </dev/null | tail -n 5)"
    return 1
  fi
  is_done "$e_seq" || ended "$e_seq"
}

do_check() {
  n=0
  while IFS=' ' read -r op a b c d e; do
    n=$((n + 1))
    if same "$op" "$a" "$b" "$c" "$d" "$e" </dev/null; then echo "$n same"; else echo "$n changed"; fi
  done
}

# An operation that finds its change made, but begun only in the journal, was killed in between.
record() {
  case $1 in
    swap) find_change block "$2 $5" || return 0 ;;
    *) find_change "$1" "$2" || return 0 ;;
  esac
  is_done "$e_seq" || ended "$e_seq"
}

do_apply() {
  owner=$1
  load
  settle
  n=0
  while IFS=' ' read -r op a b c d e; do
    n=$((n + 1))
    e_seq=
    if same "$op" "$a" "$b" "$c" "$d" "$e" </dev/null; then
      record "$op" "$a" "$b" "$c" "$d"
      echo "$n same"
    elif why='' e_seq='' && "apply_$op" "$a" "$b" "$c" "$d" "$e" </dev/null; then
      echo "$n changed"
    else
      echo "$n failed $(printf '%s' "$why" | tr '\n' ' ')"
      cat >/dev/null
      return
    fi
  done
}

# ---- commands ----

do_begin() {
  owner=$1
  load
  if find_entry "* $(literal "$1 command $2 $3")" && ! is_done "$e_seq"; then
    n=$e_seq
  else
    next
    n=$seq
  fi
  cat >"$S/undo/$n" && flush "$S/undo/$n" && chmod 0700 "$S/undo/$n" || die "cannot write $S/undo/$n"
  [ -n "$found" ] && [ "$n" = "$e_seq" ] || begun command "$2" "$3"
  echo "seq $n"
}

do_done() {
  load
  find_entry "$1 *" || die "no entry $1"
  is_done "$1" || ended "$1"
}

do_undo_script() {
  load
  find_entry "$1 *" || die "no entry $1"
  [ -f "$S/undo/$1" ] || die "entry $1 has no undo script"
  echo data
  base64 "$S/undo/$1"
}

# ---- trees ----

open_tree() {
  find_entry "* $(literal "$1 tree $2 $3")" && ! is_done "$e_seq" && [ ! -f "$S/tree/$e_seq" ]
}

drop_stage() {
  [ -d "$1" ] || return 0
  rm -rf -- "$1" 2>/dev/null && return
  chmod -R u+rwx -- "$1"
  rm -rf -- "$1" || die "cannot remove $1"
}

do_receive() {
  owner=$1
  load
  if ! open_tree "$1" "$2" "$3"; then
    parents "$2/." || die "$why"
    next
    begun tree "$2" "$3"
  fi
  at "$2"
  cd -- "$val" || die "cannot enter $val"
  mkdir -p ".hawser-stage-$3" && cd ".hawser-stage-$3" || die "cannot make a staging below $val"
  # Files get the time of their arrival: programs look at times to see what has changed.
  # The tar of busybox lets the umask rule, in spite of -p, when it is not root.
  (umask 0 && tar -x -p -o -m -f - >&2) || die "tar failed below $val"
  cat >/dev/null
  find . -type f -print0 | digest_all f 0
}

# Rewrites its arguments to where they go, then keeps what is there.
keep_batch() {
  for file in "$@"; do
    shift
    set -- "$@" "./$up/${file##*/}"
  done
  mkdir -p "$pre/$up" && { ln -- "$@" "$pre/$up/" 2>/dev/null || cp -a -- "$@" "$pre/$up/"; } ||
    die "cannot keep what the new files replace in $PWD/$up"
}

move_batch() {
  [ $# -eq 0 ] || mv -f -- "$@" "./$up/" || die "cannot rename into $PWD/$up"
}

# in_batches ACTION: hands entries of $w (HOW KIND VALUE PATH) to an action, those of one directory
# together: a process for each file would take minutes for a large tree.
in_batches() {
  action=$1
  up=
  set --
  while IFS=' ' read -r how kind value path; do
    dec "$path"
    rel=${val#?/}
    case $rel in
      */*) parent=${rel%/*} ;;
      *) parent=. ;;
    esac
    if [ "$parent" != "$up" ] || [ $# -ge 200 ]; then
      [ $# -eq 0 ] || "$action" "$@"
      set --
      up=$parent
    fi
    if [ "$how" = m ]; then
      chmod "${value%,*}" "./$rel" || die "cannot change the mode of $PWD/$rel"
      continue
    fi
    if [ "$action" = keep_batch ]; then
      # A directory is renamed to the pre-images when its turn comes.
      if [ -d "./$rel" ] && [ ! -L "./$rel" ]; then continue; fi
      exists "./$rel" || die "$PWD/$rel vanished meanwhile"
    elif [ "$how" = n ] && exists "./$rel"; then
      die "$PWD/$rel appeared meanwhile"
    elif [ "$how" = r ] && [ -d "./$rel" ] && [ ! -L "./$rel" ]; then
      mkdir -p "$pre/$parent" && mv -- "./$rel" "$pre/$rel" || die "cannot set $PWD/$rel aside"
    elif [ "$how" = r ] && [ "$kind" = d ]; then
      rm -f -- "./$rel"
    fi
    set -- "$@" "$stage/$val"
  done <"$w"
  [ $# -eq 0 ] || "$action" "$@"
}

do_commit() {
  load
  open_tree "$1" "$2" "$3" || die "commit: nothing was received for $2"
  n=$e_seq
  list=$S/tree/$n
  pre=$list.pre
  w=$list.work
  cat >"$list.part" || die "cannot write $list"
  # A list that was cut would leave files that nobody remembers.
  [ "$(tail -n 1 "$list.part")" = end ] || die "commit: the list is cut"
  mkdir -p "$pre" && sed '$d' "$list.part" >"$list.all" && flush "$list.all" &&
    mv -f "$list.all" "$list" && rm -f "$list.part" && flush "$S/tree" || die "cannot write $list"
  at "$2"
  cd -- "$val" || die "cannot enter $val"
  stage=./.hawser-stage-$3
  grep '^r ' "$list" >"$w" && in_batches keep_batch
  flush_fs "$S"
  for rank in 0 1 2 3 4 5 6 7 8 9; do
    grep "^[nrm] . [^ ]* $rank/" "$list" >"$w" || continue
    # Files first, names second; and a rank is safe before the next shows.
    flush_fs .
    in_batches move_batch
  done
  flush_fs .
  rm -f "$w"
  drop_stage "$stage"
  ended "$n"
  echo "seq $n"
}

do_abandon() {
  load
  at "$1"
  drop_stage "$val/.hawser-stage-$2"
  if find_entry "* * tree $(literal "$1 $2")" && ! is_done "$e_seq" && [ ! -f "$S/tree/$e_seq" ]; then
    note "U $e_seq"
  fi
}

# ---- undo ----

# Whether other entries lie below a path (a field).
others_below() {
  while read -r other _ kind target _; do
    case $kind in
      unit) target=/etc/systemd/system/$target.service ;;
      command) continue ;;
      tree) target=$target/. ;;
    esac
    case $target in
      "$1"/*) [ "$other" = "$e_seq" ] || return 0 ;;
    esac
  done <<END
$act
END
  return 1
}

# Whether two paths are the same link, or files with the same content.
alike() {
  if [ -L "$1" ] || [ -L "$2" ]; then
    [ -L "$1" ] && [ -L "$2" ] && [ "$(readlink "$1")" = "$(readlink "$2")" ]
  else
    cmp -s "$1" "$2"
  fi
}

# Whether a path is as its pre-image was: then the change did not happen.
is_before() {
  case $x2 in
    -) ! exists "$1" ;;
    r) ! exists "$1.hawser-$e_seq" ;;
    *) alike "$1" "$S/pre/$e_seq" ;;
  esac
}

# Clears up after dead runs: what they staged goes; a change that they began and that is made is
# done, one that did not happen is undone.
settle() {
  changed=
  while read -r e_seq _ kind e_target x1 x2 _; do
    settled=
    case $kind in
      block)
        at "$e_target"
        follow "$val"
        rm -f -- "${val%/*}/.hawser-new-$cluster-$e_seq"
        continue
        ;;
      dir | file | unit | link) if is_done "$e_seq"; then continue; fi ;;
      *) continue ;;
    esac
    if [ "$kind" = unit ]; then e_target=/etc/systemd/system/$e_target.service; fi
    at "$e_target"
    place=$val
    rm -f -- "${place%/*}/.hawser-new-$cluster-$e_seq"
    if [ "$kind" = dir ]; then
      if [ -d "$place" ] && { [ "$x2" = - ] || has_mode "$place" "$x1"; }; then settled=D; else settled=U; fi
    elif is_before "$place" && ! is_ours "$place" "$x1"; then
      settled=U
    fi
    if [ -n "$settled" ]; then
      note "$settled $e_seq"
      changed=1
    fi
  done <<END
$act
END
  if [ -n "$changed" ]; then load; fi
}

# Puts back what an entry replaced; what we wrote is gone or may be overwritten.
restore() {
  case $x2 in
    -) try rm -f -- "$1" ;;
    r) try rm -f -- "$1" && try mv -- "$1.hawser-$e_seq" "$1" ;;
    *)
      new=${1%/*}/.hawser-new-$cluster-$e_seq
      rm -f -- "$new"
      [ -d "${1%/*}" ] || mkdir -p "${1%/*}"
      try cp -a -- "$S/pre/$e_seq" "$new" && flush_fs "${1%/*}" && try mv -f -- "$new" "$1"
      ;;
  esac || {
    res="failed $why"
    return 1
  }
}

# Somebody changed the path since: it stays, and what we had replaced is put beside it.
leave() {
  res="kept $1 was changed by somebody else"
  case $x2 in
    p) cp -a -- "$S/pre/$e_seq" "$1.hawser-$e_seq" || die "cannot put back what $1 replaced" ;;
  esac
  if exists "$1.hawser-$e_seq"; then res="$res; what was there before Hawser is $1.hawser-$e_seq"; fi
}

undo_file() {
  at "$e_target"
  place=$val
  rm -f -- "${place%/*}/.hawser-new-$cluster-$e_seq"
  if is_ours "$place" "$x1"; then
    restore "$place"
  elif is_before "$place"; then
    :
  elif exists "$place"; then
    leave "$place"
  else
    restore "$place"
  fi
}

undo_link() {
  at "$e_target"
  place=$val
  link_target "$x1"
  if [ -L "$place" ] && [ "$(readlink "$place")" = "$val" ]; then
    if [ "$x2" = r ] && ! exists "$place.hawser-$e_seq"; then return; fi
    restore "$place"
  elif is_before "$place"; then
    :
  elif exists "$place"; then
    leave "$place"
  else
    restore "$place"
  fi
}

undo_dir() {
  at "$e_target"
  if [ ! -d "$val" ] || [ -L "$val" ]; then return; fi
  if [ "$x2" != - ]; then
    if has_mode "$val" "$x1"; then try chmod "$x2" -- "$val" || res="failed $why"; fi
    return
  fi
  drop_stage "$val/.hawser-stage-$cluster"
  if ! rmdir -- "$val" 2>/dev/null; then
    res="kept $val is not empty"
    if others_below "$e_target"; then res="waits $val is used by other changes"; fi
  fi
}

undo_block() {
  at "$e_target"
  follow "$val"
  if [ "$x2" = - ] && [ -f "$val" ] && [ ! -s "$val" ]; then
    self=$e_seq
    target=$e_target
    act=$(printf '%s\n' "$act" | sed "/^$self /d")
    if ! find_entry "* * block $(literal "$target") * *"; then rm -f -- "$val"; fi
    e_seq=$self
  fi
}

undo_unit() {
  unit=$e_target.service
  at "/etc/systemd/system/$unit"
  place=$val
  rm -f -- "${place%/*}/.hawser-new-$cluster-$e_seq"
  if is_ours "$place" "$x1" || ! exists "$place"; then
    # To stop or disable what is not there is an error for systemctl and not for us.
    try services stop "$unit"
    try services disable "$unit"
    if try services is-active "$unit"; then
      res="failed $unit does not stop"
      return
    fi
    if [ "$x2" = - ]; then rm -f -- "$root"/etc/systemd/system/*.wants/"$unit"; fi
    restore "$place" || return
    wants_dirs | while IFS= read -r wants; do
      grep -Fxq -- "$wants" "$S/pre/$e_seq.wants" || rmdir -- "$wants" 2>/dev/null
    done
    try services daemon-reload
    if [ "$x3" = 1 ]; then try services enable "$unit" || res="failed $why"; fi
    if [ "$x4" = 1 ]; then try services start "$unit" || res="failed $why"; fi
  elif ! is_before "$place"; then
    leave "$place"
  fi
}

# written SED-EXPRESSION: decoded lines of the list.
written() {
  lines=$(sed -n "$1" "$list")
  [ -z "$lines" ] || printf '%b\n' "$lines"
}

each0() { tr '\n' '\0' | xargs -0 -r "$@"; }

undo_tree() {
  at "$e_target"
  dir=$val
  [ -d "$dir" ] && cd -- "$dir" || return
  drop_stage "./.hawser-stage-$x1"
  list=$S/tree/$e_seq
  pre=$list.pre
  [ -f "$list" ] || return
  w=$list.undo
  rm -rf -- "$w" && mkdir "$w" || die "cannot write $w"
  # find follows no link, so nothing is touched through one that somebody put in our tree.
  for type in f l d; do
    find . -name "*$nl*" -prune -o -type "$type" -print | sort >"$w/there.$type"
  done
  written 's|^[nir] f \([^ ]*\) [0-9]/|\1 ./|p' | sort >"$w/files"
  cut -c 66- "$w/files" | sort | comm -12 - "$w/there.f" | tr '\n' '\0' | digest_all '' 0 |
    sed 's|^ \([^ ]*\) |\1 ./|' | sort >"$w/now"
  comm -12 "$w/files" "$w/now" | cut -c 66- | sort >"$w/mine"
  written 's|^r . [^ ]* [0-9]/|./|p' | sort >"$w/replaced"
  # A file that was not replaced yet is its own pre-image.
  comm -13 "$w/files" "$w/now" | cut -c 66- | while IFS= read -r path; do
    cmp -s "$path" "$pre/$path" || printf '%s\n' "$path"
  done >"$w/kept"
  undo_modes
  each0 rm -f -- <"$w/mine"
  undo_links
  written 's|^[nir] d [^ ]* [0-9]/|./|p' | sort | comm -12 - "$w/there.d" | sort -r >"$w/dirs"
  each0 rmdir -- <"$w/dirs" 2>/dev/null
  while IFS= read -r path; do
    if [ -d "$path" ]; then printf '%s\n' "$path" >>"$w/full"; fi
  done <"$w/dirs"
  undo_replaced
  if [ -s "$w/kept" ]; then
    res="kept changed by somebody else: $(head -n 3 "$w/kept" | tr '\n' ' ')($(wc -l <"$w/kept") in all)"
  elif [ -s "$w/full" ]; then
    res=kept
    if others_below "$e_target"; then res=waits; fi
    res="$res $(wc -l <"$w/full") directories are not empty, $(tail -n 1 "$w/full") among them"
  fi
  rm -rf -- "$w"
}

undo_modes() {
  grep '^m ' "$list" | while IFS=' ' read -r _ _ value path; do
    dec "$path"
    path=./${val#?/}
    if [ ! -L "$path" ] && has_mode "$path" "${value%,*}"; then chmod "${value#*,}" "$path"; fi
  done
}

undo_links() {
  grep '^[nir] l ' "$list" | while IFS=' ' read -r _ _ value path; do
    dec "$path"
    path=./${val#?/}
    grep -Fxq -- "$path" "$w/there.l" || continue
    dec "$value"
    if [ "$(readlink "$path")" = "$val" ]; then rm -f -- "$path"; fi
  done
}

put_back() {
  [ $# -eq 0 ] || { mkdir -p "$up" && mv -- "$@" "$up/"; } || die "cannot put back $PWD/$up"
}

undo_replaced() {
  up=
  set --
  while IFS= read -r path; do
    exists "$pre/$path" || continue
    if ! exists "$path"; then
      if [ "${path%/*}" != "$up" ] || [ $# -ge 200 ]; then
        put_back "$@"
        set --
        up=${path%/*}
      fi
      set -- "$@" "$pre/$path"
    elif ! alike "$path" "$pre/$path"; then
      grep -Fxq -- "$path" "$w/kept" || printf '%s\n' "$path" >>"$w/kept"
      mv -- "$pre/$path" "$path.hawser-$e_seq" || die "cannot put back what $PWD/$path replaced"
    fi
  done <"$w/replaced"
  put_back "$@"
}

do_undo() {
  load
  if ! find_entry "$1 *"; then
    echo undone
    return
  fi
  res=undone
  case $e_kind in
    command) ;;
    *) "undo_$e_kind" </dev/null ;;
  esac
  case $res in
    failed*) ;;
    waits*) res="kept ${res#waits }" ;;
    *)
      note "U $1"
      cd /
      drop_stage "$S/tree/$1.pre"
      rm -rf -- "$S/pre/$1" "$S/pre/$1.wants" "$S/undo/$1" "$S/tree/$1"
      ;;
  esac
  printf '%s' "$res" | tr '\n' ' '
  echo
}

do_close() {
  load
  [ -z "$act" ] || return 0
  home=${S%/*}
  [ -d "$home" ] || return 0
  drop_stage "$S"
  made=$(cat "$home/.made" 2>/dev/null)
  for other in "$home"/*; do
    if exists "$other"; then return; fi
  done
  rm -f -- "$home/.made"
  rmdir -- "$home" 2>/dev/null || return 0
  [ -z "$made" ] || printf '%s\n' "$made" | sort -r | while IFS= read -r dir; do
    rmdir -- "$dir" 2>/dev/null || return 0
  done
}

# ---- reading ----

do_journal() {
  load
  [ -n "$act" ] || return 0
  while read -r n owner kind target x _; do
    fingerprint=% undoable=1 finish=0
    if is_done "$n"; then finish=1; fi
    case $kind in
      block) fingerprint=$x ;;
      unit) target=$target.service ;;
      command)
        fingerprint=$x
        [ -s "$S/undo/$n" ] || undoable=0
        ;;
    esac
    dec "$target"
    printf 'e %s %s %s %s %s %s %s\n' "$n" "$owner" "$kind" "$finish" "$fingerprint" "$undoable" "$val"
  done <<END
$act
END
}

do_read() {
  at "$1"
  follow "$val"
  if [ -f "$val" ]; then
    place=$val
    echo "kind file"
    echo "mode 0$(stat -c %a -- "$place")"
    sha "$place"
    echo "sha $val"
    echo data
    base64 <"$place" || die "cannot read $place"
  elif exists "$val"; then
    echo "kind other"
  else
    echo "kind missing"
  fi
}

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

do_facts() {
  os=$(sed -n 's/^PRETTY_NAME="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$root/etc/os-release" 2>/dev/null)
  echo "os=${os:-$(uname -s)}"
  echo "arch=$(uname -m)"
  echo "hostname=$(uname -n)"
  echo "user=$(id -un)"
  tools=
  for tool in base64 bash busybox cksum conntrack containerd crictl crio ctr curl docker docker-registry find flock \
    haproxy ip iptables ipvsadm k3s kubeadm kubelet nc nerdctl nft openssl podman registry setsid \
    sha256sum shasum skopeo ss sudo sync systemctl tar timeout wget xargs; do
    if command -v "$tool" >/dev/null; then tools="$tools${tools:+ }$tool"; fi
  done
  echo "tools=$tools"
  pick_fast_digest
  echo "sha256=${all%% *}"
  echo "containerd=$(containerd --version 2>/dev/null | sed -n 's/.* v\{0,1\}\([0-9][^ ]*\).*/\1/p' | head -n 1)"
  echo "cpus=$(cores)"
  at /var
  while [ ! -d "$val" ]; do val=${val%/*}; done
  free=$(df -P -k -- "${val:-/}" 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9]*% .*/\1/p')
  echo "free./var=$((${free:-0} * 1024))"
  path=$(sed -n 's/^ *config_path *= *["'\'']\([^"'\'']*\)["'\''].*/\1/p' \
    "$root/etc/containerd/config.toml" 2>/dev/null | head -n 1)
  if [ -n "$path" ]; then echo "etc.containerd.config_path=$path"; fi
}

# A value in quotes for a configuration file of curl.
quoted() {
  printf '"'
  printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g' | tr -d '\n'
  printf '"\n'
}

milliseconds() {
  now=$(date +%s%N)
  case $now in
    *[!0-9]*) echo "$(date +%s)000" ;;
    *) echo "$((now / 1000000))" ;;
  esac
}

# The fetchers print the body; a password reaches them as a configuration, never as an argument.
by_curl() {
  {
    printf 'url = '
    quoted "$url"
    [ -z "$user" ] || { printf 'user = ' && quoted "$user:$password"; }
    [ -z "$accept" ] || { printf 'header = ' && quoted "Accept: $accept"; }
  } | curl -q -fsS --connect-timeout 5 --max-time 60 -K -
}

by_wget() {
  set -- -q -O - -T 20
  [ -z "$accept" ] || set -- "$@" --header "Accept: $accept"
  if [ -z "$user" ]; then
    wget "$@" -- "$url"
  else
    # wget wants a real file; the umask keeps it from others.
    printf 'user = %s\npassword = %s\n' "$user" "$password" >"$complaint.rc"
    wget --config="$complaint.rc" "$@" -- "$url"
  fi
}

do_probe() {
  IFS=' ' read -r url user password accept want || [ -n "${want:-}" ] || die "probe: no input"
  dec "$url" && url=$val
  dec "$user" && user=$val
  dec "$password" && password=$val
  dec "$accept" && accept=$val
  if command -v curl >/dev/null; then
    fetch=by_curl
  elif command -v wget >/dev/null; then
    fetch=by_wget
  else
    echo "unchecked neither curl nor wget is on this host"
    return
  fi
  began=$(milliseconds)
  complaint=$(mktemp "${TMPDIR:-/tmp}/hawser.XXXXXX") || die "no temporary file"
  trap 'rm -f "$complaint" "$complaint.rc"' EXIT
  trap 'exit 1' HUP INT TERM
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

case $verb in
  facts | read | list | journal | check | apply | begin | done | receive | commit | abandon | undo | \
    close | probe)
    pick_digest
    "do_$verb" "$@"
    ;;
  undo-script) do_undo_script "$@" ;;
  *) die "unknown verb $verb" ;;
esac
echo end
