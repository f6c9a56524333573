# A tree that has arrived is put into place.
# From base.sh: S, val, die, dec, at, exists. From journal.sh: e_seq, flush, flush_fs, drop_stage,
# load, ended. From trees.sh: open_tree, set_mark.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

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

# commit OWNER DIR TOKEN KEY FINGERPRINT
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
  mkdir -p "$pre" && sed '$d' "$list.part" >"$list.all" && flush "$list.all" || die "cannot write $list"
  # As in pick.
  [ "$(stat -c %s -- "$list.part")" -eq $(($(stat -c %s -- "$list.all") + 4)) ] ||
    die "cannot write $list$(full "$S")"
  mv -f "$list.all" "$list" && rm -f "$list.part" && flush "$S/tree" || die "cannot write $list"
  at "$2"
  cd -- "$val" || die "cannot enter $val"
  stage=./.hawser-stage-$3
  if pick '^r '; then in_batches keep_batch; fi
  flush_fs "$S"
  for rank in 0 1 2 3 4 5 6 7 8 9; do
    pick "^[nrm] . [^ ]* $rank/" || continue
    # Files first, names second; and a rank is safe before the next shows.
    flush_fs .
    in_batches move_batch
  done
  flush_fs .
  rm -f "$w"
  drop_stage "$stage"
  ended "$n"
  set_mark "$4" "$5"
  echo "seq $n"
}
