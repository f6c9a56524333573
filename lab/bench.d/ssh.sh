# shellcheck shell=bash
# `true` on many hosts: over new connections (cold) and over open ones (warm).

WIDTH=32 # Hawser's own default

needs_ssh() {
  need ssh openssh-client ssh-keygen openssh-client sshd openssh-server pdsh pdsh clush clustershell xargs findutils
  [[ $(pdsh -L 2>/dev/null) == *rcmd/ssh* ]] || die "pdsh has no module ssh; Debian's package pdsh brings it"
}

bench_ssh() {
  local sizes=(1 20 100) most=100 n
  ROUNDS=7
  # How often within one round, client after client: a short measure more often.
  declare -gA TIMES=([cold-1]=5 [cold-20]=2 [cold-100]=1 [warm-1]=20 [warm-20]=6 [warm-100]=3)
  if [[ -n $QUICK ]]; then
    sizes=(1 20) ROUNDS=1 most=20
    TIMES=([cold-1]=3 [cold-20]=1 [warm-1]=10 [warm-20]=3)
  fi
  say "starting $most hosts ..."
  start_hosts "$most"
  for n in "${sizes[@]}"; do head -n "$n" hosts >"hosts.$n"; done
  write_ssh_conf cold
  write_ssh_conf curve 'KexAlgorithms curve25519-sha256'
  write_ssh_conf warm "ControlPath $STATE/master-%h"
  versions
  warm_up "$most"
  for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do
    say "round $ROUND of $ROUNDS ..."
    for n in "${sizes[@]}"; do
      compare "cold-$n" pdsh hawser pdsh-curve25519 clush openssh
      compare "warm-$n" openssh hawser pdsh clush
    done
  done
  fresh "${sizes[@]}"
  report "${sizes[@]}"
  [[ -n $QUICK ]] || judge_all "${sizes[@]}"
}

versions() {
  say "$(nproc) processors, $(ssh -V 2>&1 | cut -d, -f1), $(pdsh -V 2>&1 | sed -n 's/^pdsh-\([0-9.]*\).*/pdsh \1/p'),\
 $(clush --version | sed 's/.* /clush /'), $(java -version 2>&1 | sed -n 's/^openjdk version "\([^"]*\)".*/Java \1/p')"
}

# Opens the connections that stay, and lets every client run before it counts.
warm_up() {
  local n=$1 i
  say 'warming up ...'
  took xargs -a "hosts.$n" -P "$WIDTH" -I{} ssh -F warm.conf -MNf {}
  start_java io.hawser.lab.bench.SshFanOut "$STATE"
  ask open "$n"
  for i in 1 2 3; do ask cold 20; done
  for i in {1..10}; do ask warm "$n"; done
  for i in pdsh clush openssh; do
    client_"$i" cold 1
    client_"$i" warm 1
  done
  remember_quiet
}

# compare MEASURE CLIENT...: one round, each client in turn and again.
compare() {
  local measure=$1 times client how size
  shift
  how=${measure%-*} size=${measure#*-}
  for ((times = TIMES[$measure]; times > 0; times--)); do
    for client; do
      settle
      client_"$client" "$how" "$size"
      sample "$measure" "$client"
    done
  done
}

client_hawser() { ask "$1" "$2"; }
client_openssh() { took openssh_on "$2" "$1.conf"; }
client_pdsh() { took pdsh_on "$2" "$1.conf"; }
client_pdsh-curve25519() { took pdsh_on "$2" curve.conf; }
client_clush() { took clush -q -S -f "$WIDTH" -o "-F $STATE/$1.conf" -w "$(hosts_range "$2")" true; }

pdsh_on() { PDSH_SSH_ARGS_APPEND="-F $STATE/$2" pdsh -R ssh -S -f "$WIDTH" -w "$(hosts_range "$1")" true; }

# One process of ssh per host; a shell that starts them in the background is no faster than xargs, and for a single
# host there is nothing to start in parallel. Each in a session of its own, as pdsh does it: Linux shares
# processors between sessions (autogroup), so in a single one all clients together would get as much as one sshd.
openssh_on() {
  if (($1 == 1)); then
    ssh -n -F "$2" "$(<hosts.1)" true
  else
    xargs -a "hosts.$1" -P "$WIDTH" -I{} setsid -w ssh -n -F "$2" {} true
  fi
}

# A JVM that is started for one fan-out: not how a library is used, but nobody shall have to guess.
fresh() {
  local n times
  for n; do
    for times in 1 2 3; do
      ROUND=fresh$times
      settle
      took fresh_jvm "$n"
      sample "cold-$n" 'hawser-fresh-JVM'
    done
  done
}
fresh_jvm() { (java_bench io.hawser.lab.bench.SshFanOut "$STATE" cold "$1"); }

report() {
  local n client
  say ''
  table_head
  for n; do
    row "cold-$n" hawser
    for client in pdsh pdsh-curve25519 clush openssh; do row "cold-$n" "$client" hawser; done
    row "cold-$n" hawser-fresh-JVM
  done
  for n; do
    row "warm-$n" hawser
    for client in openssh pdsh clush; do row "warm-$n" "$client" hawser; done
  done
  say ''
}

judge_all() {
  local n short=0
  : >verdicts
  for n; do
    judge measure_again "cold-$n" hawser pdsh 1.3 || short=1
    judge measure_again "warm-$n" hawser openssh 1.0 || short=1
  done
  say "$(<verdicts)"
  return "$short"
}
measure_again() {
  for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do compare "$@"; done
}
