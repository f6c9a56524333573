# Undo of one entry, but for services and trees.
# From base.sh: S, cluster, val, why, die, try, link_target, follow, exists, has_mode, is_ours.
# From journal.sh: act, e_seq, e_kind, e_target, x1, x2, flush_fs, is_mount, mount_below, drop_stage,
# load, note, find_entry, literal. From parents.sh: reach. From before.sh: is_before, wrote_before. From stand-in.sh: stands_in. From
# undo-guard.sh: own_place, guarded, still_mounted, may_purge. From undo-units.sh: undo_unit. From
# undo-trees.sh: undo_tree. From undo-watch.sh: undo_watch. From watch.sh: each_watch, look_after.
# shellcheck shell=sh
# shellcheck disable=SC2034 # keep_settings is for undo-watch.sh
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

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
  rm -f -- "${place%/*}/.hawser-new-$cluster-$e_seq"
  if is_ours "$place" "$x1" || stands_in "$place" "$x1"; then
    restore "$place"
  elif is_before "$place" || wrote_before "$place" file "$e_target"; then
    :
  elif exists "$place"; then
    leave "$place"
  else
    restore "$place"
  fi
}

undo_link() {
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
  if [ "$x2" != - ]; then
    val=$place
    if ! reach; then
      res="failed $why"
    elif has_mode "$val" "$x1"; then
      try chmod "00$x2" -- "$val" || res="failed $why"
    fi
    return
  fi
  if [ ! -d "$place" ] || [ -L "$place" ]; then
    if exists "$place"; then res="kept $place is no directory any more, somebody else replaced it"; fi
    return
  fi
  drop_stage "$place/.hawser-stage-$cluster"
  if rmdir -- "$place" 2>/dev/null; then return; fi
  if is_mount "$place"; then
    val=$place
    still_mounted
  elif mount_below "$place"; then
    still_mounted
  elif others_below "$e_target"; then
    res="waits $place is used by other changes"
  elif [ -n "$purge" ] && may_purge; then
    drop_stage "$place"
  else
    res="kept $place is not empty, it holds what others added: $(some_of "$place")"
  fi
}

# The first names in a directory.
some_of() {
  find "$1" ! -path "$1" -prune | sed 's|.*/||' | sort >"$S/names"
  head -n 3 "$S/names" | tr '\n' ' '
  echo "($(wc -l <"$S/names") in all)"
  rm -f -- "$S/names"
}

undo_block() {
  follow "$place"
  if [ "$x2" = - ] && [ -f "$val" ] && [ ! -s "$val" ]; then
    self=$e_seq
    target=$e_target
    act=$(printf '%s\n' "$act" | sed "/^$self /d")
    if ! find_entry "* * block $(literal "$target") * *"; then rm -f -- "$val"; fi
    e_seq=$self
  fi
}

do_undo() {
  load
  if ! find_entry "$1 *"; then
    echo undone
    return
  fi
  purge='' keep_settings='' res=undone
  for option in "$@"; do
    case $option in
      purge) purge=1 ;;
      settings-stay) keep_settings=1 ;;
    esac
  done
  case $e_kind in
    command) each_watch look_after ;;
    watch) undo_watch </dev/null ;;
    *)
      own_place
      if guarded; then "undo_$e_kind" </dev/null; fi
      ;;
  esac
  case $res in
    failed*) ;;
    waits*) res="kept ${res#waits }" ;;
    *)
      note "U $1"
      cd /
      drop_stage "$S/tree/$1.pre"
      rm -rf -- "$S/pre/$1" "$S/pre/$1.wants" "$S/pre/$1.watch" "$S/undo/$1" "$S/tree/$1"
      ;;
  esac
  printf '%s' "$res" | tr '\n' ' '
  echo
}
