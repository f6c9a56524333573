#!/bin/sh
# A program of an embedded host: hands its arguments to the JVM that runs the host, and answers
# with what comes back. See Mailbox.
mail=@MAILBOX@
file=$mail/@BOX@/$$

if [ ! -p "$mail/requests" ]; then
  echo "@PROGRAM@: the JVM of this host is gone" >&2
  exit 1
fi
# What a killed process of the same number left is not ours.
rm -f "$file".*
trap 'rm -f "$file".*' EXIT
trap 'exit 143' HUP INT TERM
@INPUT@
printf '%s\0' @PROGRAM@ "${HAWSER_ROOT-}" "$@" >"$file.ask" || exit 1
echo "@BOX@ $$" 1<>"$mail/requests" || exit 1
turn=0
until [ -f "$file.code" ]; do
  turn=$((turn + 1))
  if [ "$turn" -gt 4500 ]; then
    echo "@PROGRAM@: the JVM of this host does not answer" >&2
    exit 1
  fi
  sleep 0.02 2>/dev/null || sleep 1
done
[ ! -f "$file.body" ] || cat "$file.body"
cat "$file.out"
cat "$file.err" >&2
read -r code <"$file.code"
exit "$code"
