# Ends a command: every process of its session is told to end and, after two seconds, killed.
# $1: a word that only this command's processes carry, in their arguments or their environment
# $2: the process id of its first shell; empty when it is not known
# Prints the id and name of every process that carries the word and has left the session.
word=$1
pid=$2

# The ids of the processes that carry the word in a file of /proc; that of the search is gone by then.
carriers() {
  # shellcheck disable=SC2013
  for file in $(grep -lsF -e "$word" /proc/[0-9]*/"$1"); do
    file=${file#/proc/}
    if [ -d "/proc/${file%%/*}" ]; then echo "${file%%/*}"; fi
  done
}

# Field $2 of the state of process $1, counted behind its name: 1 state, 4 session.
field() {
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  shift
  # shellcheck disable=SC2086
  set -- "$1" ${line##*) }
  shift "$1"
  echo "$1"
}

# What is left of the session, zombies aside. One pass of sed: a shell reads byte by byte.
members() {
  cat /proc/[0-9]*/stat 2>/dev/null |
    sed -n "s/^\\([0-9]*\\) (.*) [^ZX] [0-9]* [0-9]* $session .*/\\1/p"
}

tell() {
  all=$(members)
  # shellcheck disable=SC2086
  if [ -n "$all" ]; then kill "-$1" $all; fi 2>/dev/null
}

# The command's first shell, by what it carries: the leader of a session rather than what started it.
first() {
  found=''
  for found in $(carriers "$1"); do
    if [ "$(field "$found" 4)" = "$found" ]; then
      echo "$found"
      return
    fi
  done
  echo "$found"
}

# The host may not have come to start the shell when the command is cancelled at once.
tries=0
while [ -z "$pid" ] && [ "$tries" -lt 10 ]; do
  pid=$(first cmdline)
  if [ -z "$pid" ]; then pid=$(first environ); fi
  if [ -z "$pid" ]; then sleep 0.1 || sleep 1; fi
  tries=$((tries + 1))
done
if [ -z "$pid" ]; then exit 0; fi

# The first shell leads its session; with sudo, which runs it, /proc tells the session.
session=$(field "$pid" 4) || session=$pid

# Where a server does not give each command a session of its own, only the command's group is ours.
owns() {
  if ! [ -d "/proc/$1" ]; then return 0; fi
  grep -qsF -e "$word" "/proc/$1/cmdline" "/proc/$1/environ"
}
if owns "$session"; then
  tell TERM
  tries=0
  while [ -n "$(members)" ] && [ "$tries" -lt 20 ]; do
    sleep 0.1 || sleep 1
    tries=$((tries + 1))
  done
  tries=0
  while [ -n "$(members)" ] && [ "$tries" -lt 5 ]; do
    tell KILL
    sleep 0.1 || sleep 1
    tries=$((tries + 1))
  done
elif group=$(field "$pid" 3) && owns "$group"; then
  kill -TERM "-$group" 2>/dev/null
  tries=0
  while kill -0 "-$group" 2>/dev/null && [ "$tries" -lt 20 ]; do
    sleep 0.1 || sleep 1
    tries=$((tries + 1))
  done
  kill -KILL "-$group" 2>/dev/null
fi

for left in $(carriers environ); do
  its=$(field "$left" 4) || continue
  if [ "$its" != "$session" ] && { read -r name <"/proc/$left/comm"; } 2>/dev/null; then
    echo "$left $name"
  fi
done
exit 0
