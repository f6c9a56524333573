# A tree that has arrived is put into place.
# From base.sh: S, val, die, dec, at, exists. From journal.sh: e_seq, flush, flush_fs, drop_stage,
# load, ended. From trees.sh: open_tree, set_mark. From stated.sh: stated, put_before.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

# Rewrites its arguments to where they go, then keeps what is there.
keep_batch() {
  for file in "$@"; do
    shift
    set -- "$@" "./${file##*/}"
  done
  mkdir -p "$pre/$up" && { ln -- "$@" "$pre/$up/" 2>/dev/null || cp -a -- "$@" "$pre/$up/"; } ||
    die "cannot keep what the new files replace in $here"
}

move_batch() {
  [ $# -eq 0 ] || mv -f -- "$@" ./ || die "cannot rename into $here"
}

# enter DIR: goes into a directory of the tree, and nowhere else. Who owns a directory above it may
# have put a link there since it was listed; where we are then cannot change any more, and only the
# kernel is asked where that is.
enter() {
  cd -- "$top" || die "cannot enter $top"
  here=$top
  [ "$1" != . ] || return 0
  here=$top/$1
  cd -P -- "./$1" && [ "$(env pwd -P)" = "$here" ] || elsewhere "$here"
}

elsewhere() {
  die "$1 is not what was listed, or leads elsewhere: it can be changed by others than root, who did so meanwhile"
}

# set_mode MODE NAME: of something in the directory where we are. Where others own that, the name
# could become a link: a directory is entered, a file gets a second name that is ours. Zeros in
# front of a mode: else GNU leaves the set-id bits of directories as they are.
set_mode() {
  read -r uid mode <<END
$(stat -c '%u %a' -- .)
END
  if [ $((0$mode & 18)) -eq 0 ] && { [ "$uid" = 0 ] || [ "$uid" = "$(id -u)" ]; }; then
    [ ! -L "./$2" ] || elsewhere "$here/$2"
    chmod "00$1" "./$2"
  elif [ -d "./$2" ]; then
    (
      cd -P -- "./$2" && [ "$(env pwd -P)" = "$here/$2" ] || elsewhere "$here/$2"
      chmod "00$1" . || die "cannot change the mode of $here/$2"
    ) || exit 1
  else
    rm -f -- "$stage/mode" && ln -- "./$2" "$stage/mode" || return
    { [ -f "$stage/mode" ] && [ ! -L "$stage/mode" ]; } || elsewhere "$here/$2"
    chmod "00$1" "$stage/mode" && rm -f -- "$stage/mode"
  fi
}

# pick PATTERN: puts those lines of the list into $w; false when there are none. A cut $w would
# leave out what is missing in it, and some tools do not mind when they cannot write.
pick() {
  count=$(grep -c -- "$1" "$list")
  case $? in
    0) ;;
    1) return 1 ;;
    *) die "cannot read $list" ;;
  esac
  grep -- "$1" "$list" >"$w"
  [ "$(wc -l <"$w")" -eq "$count" ] || die "cannot write $w$(full "$S")"
}

# is_damage SHA PATH NAME: whether what a file replaces is what became of the same file of ours. Then
# nobody wants it back.
is_damage() {
  case $2 in
    */sha256/*) ;;
    *) return 1 ;;
  esac
  [ -f "$3" ] && [ ! -L "$3" ] && (stated "$2" && [ "$val" = "$1" ] && put_before "$1" "${2#?/}")
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
      [ "$parent" = "$up" ] || enter "$parent"
      up=$parent
    fi
    name=./${rel##*/}
    if [ "$how" = m ]; then
      set_mode "${value%,*}" "${rel##*/}" || die "cannot change the mode of $top/$rel"
      continue
    fi
    if [ "$action" = keep_batch ]; then
      # A directory is renamed to the pre-images when its turn comes.
      if [ -d "$name" ] && [ ! -L "$name" ]; then continue; fi
      exists "$name" || die "$top/$rel vanished meanwhile"
      if is_damage "$value" "$path" "$name"; then continue; fi
    elif [ "$how" = n ] && exists "$name"; then
      die "$top/$rel appeared meanwhile"
    elif [ "$how" = r ] && [ -d "$name" ] && [ ! -L "$name" ]; then
      mkdir -p "$pre/$parent" && mv -- "$name" "$pre/$rel" || die "cannot set $top/$rel aside"
    elif [ "$how" = r ] && [ "$kind" = d ]; then
      rm -f -- "$name"
    fi
    set -- "$@" "$stage/$val"
  done <"$w"
  [ $# -eq 0 ] || "$action" "$@"
  cd -- "$top" || die "cannot enter $top"
}

# commit OWNER DIR TOKEN KEY FINGERPRINT
do_commit() {
  load
  open_tree "$1" "$2" "$3" || die "commit: nothing was received for $2"
  n=$e_seq
  list=$S/tree/$n
  pre=$list.pre
  w=$list.work
  earlier=$list.earlier
  cat >"$list.part" || die "cannot write $list"
  # A list that was cut would leave files that nobody remembers.
  [ "$(tail -n 1 "$list.part")" = end ] || die "commit: the list is cut"
  mkdir -p "$pre" && sed '$d' "$list.part" >"$list.all" && flush "$list.all" || die "cannot write $list"
  # As in pick.
  [ "$(stat -c %s -- "$list.part")" -eq $(($(stat -c %s -- "$list.all") + 4)) ] ||
    die "cannot write $list$(full "$S")"
  mv -f "$list.all" "$list" && rm -f "$list.part" && flush "$S/tree" || die "cannot write $list"
  at "$2"
  cd -- "$val" || die "cannot enter $val"
  top=$(env pwd -P)
  stage=$top/.hawser-stage-$3
  if pick '^r '; then in_batches keep_batch; fi
  flush_fs "$S"
  for rank in 0 1 2 3 4 5 6 7 8 9; do
    pick "^[nrm] . [^ ]* $rank/" || continue
    # Files first, names second; and a rank is safe before the next shows.
    flush_fs .
    in_batches move_batch
  done
  flush_fs .
  rm -f "$w" "$earlier"
  drop_stage "$stage"
  ended "$n"
  set_mark "$4" "$5"
  echo "seq $n"
}
