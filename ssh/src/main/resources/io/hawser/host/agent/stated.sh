# Files whose names state what they hold: blobs, and what points at one. Where such a file of ours
# holds something else it is damaged, and nobody's work: nothing is kept of it.
# From base.sh: S, val, one. From journal.sh: act, is_done. Set by the verb: e_seq and e_target, the
# entry and the field of its directory; earlier, a file to work with, which does not exist yet.
# shellcheck shell=sh
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

# stated PATH: the digest that a name states, in $val; false when it states none.
stated() {
  case $1 in
    */blobs/sha256/??/*/data)
      val=${1%/data}
      val=${val##*/}
      ;;
    */blobs/sha256/*) val=${1##*/} ;;
    */sha256/*/link)
      val=${1%/link}
      # shellcheck disable=SC2086 # program and options
      val=$(printf 'sha256:%s' "${val##*/}" | $one 2>/dev/null)
      val=${val#\\}
      val=${val%% *}
      ;;
    *) return 1 ;;
  esac
}

# put_before SHA PATH: whether an entry before this one, which came to its end, put that there. What
# that one replaced is what was there before us; whatever came in between was damage.
put_before() {
  if [ ! -f "$earlier" ]; then
    while read -r o_seq _ o_kind o_target _; do
      if [ "$o_kind $o_target" = "tree $e_target" ] && [ "$o_seq" -lt "$e_seq" ] &&
        is_done "$o_seq" && [ -f "$S/tree/$o_seq" ]; then
        sed -n 's|^[nir] f \([^ ]* \)[0-9]/|\1|p' "$S/tree/$o_seq"
      fi
    done >"$earlier" <<END
$act
END
  fi
  grep -Fxq -- "$1 $2" "$earlier"
}
