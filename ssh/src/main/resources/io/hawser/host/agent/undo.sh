# Undo of one entry, but for services and trees.
# From base.sh: S, cluster, nl, val, why, die, try, at, link_target, follow, exists, has_mode, is_ours.
# From journal.sh: act, e_seq, e_kind, e_target, x1, x2, flush_fs, drop_stage, load, note, find_entry,
# literal. From before.sh: is_before. From undo-units.sh: undo_unit. From undo-trees.sh:
# undo_tree.
# shellcheck shell=sh
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
