# What lies on this host already, in the form in which it would come from the controller.
# From base.sh: val, die, at, dec.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2154 # val is set by base.sh

# give_out DIR VERB FIELD...: the input of the verb. The names of an archive's files are on descriptor
# 3, as the archive brings them; the number of the rank that they begin with is no directory here.
give_out() {
  at "$1"
  own=$val
  case $2 in
    more)
      mkdir give && cd -- give || die "cannot make $PWD/give"
      for rank in 0 1 2 3 4 5 6 7 8 9; do ln -s "$own" "$rank"; done
      cat <&3 >".hawser-stage-$5" || die "cannot write in $PWD"
      {
        echo "./.hawser-stage-$5"
        tr '\0' '\n' <".hawser-stage-$5"
      } >names
      tar -c -f - -T names || die "tar failed below $own"
      ;;
    append)
      dec "$5"
      printf 'd %s\n' $(($8 - $7))
      tail -c "+$(($7 + 1))" -- "$own/${val#?/}" || die "cannot read $own/${val#?/}"
      ;;
  esac
}
