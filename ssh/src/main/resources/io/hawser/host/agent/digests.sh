# Digests of many files.
# From base.sh: one, die.
# shellcheck shell=sh
# shellcheck disable=SC2154 # one is set by base.sh

# For many or long files: openssl is several times faster than the sum programs, and slower to start.
pick_fast_digest() {
  all=$one
  if openssl dgst -sha256 -r /dev/null >/dev/null 2>&1; then all='openssl dgst -sha256 -r'; fi
}

cores() { nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1; }

# Digests the files named on stdin (./path, NUL between) with at most $2 processes (0: one a core)
# of $3 files each (128), and prints "$1 SHA path". Each process writes a file of its own: lines of
# several writers on one pipe would get mixed up.
digest_all() {
  pick_fast_digest
  limit=$(cores)
  if [ "$2" -gt 0 ] && [ "$2" -lt "$limit" ]; then limit=$2; fi
  sums=$(mktemp -d "${TMPDIR:-/tmp}/hawser.XXXXXX") || die "no temporary directory, for digests of what is in $PWD"
  trap 'rm -rf "$sums"' EXIT
  trap 'exit 1' HUP INT TERM
  # A sum program marks a line in which it escaped a backslash with a leading one.
  xargs -0 -r -n "${3:-128}" -P "$limit" sh -c "out=\$1; shift; exec $all \"\$@\" >>\"\$out/\$\$\"" sh "$sums"
  # Openssl, and the sum programs of busybox, do not mind when they cannot write.
  printf 1 >"$sums/end" || die "cannot write in $sums, for digests of what is in $PWD$(full "$sums")"
  find "$sums" -type f ! -name end -exec cat {} + |
    sed -e '/^\\/{s/^\\//;s/\\\\/\\/g;}' -e "s|^\([0-9a-f]*\) [ *]\./|$1 \1 |"
}
