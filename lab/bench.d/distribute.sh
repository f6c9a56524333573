# shellcheck shell=bash disable=SC2034 # USED is read where it is set
# A registry's storage to one, three and five hosts over a limited uplink, and with one of them failing.

for part in trees lab; do
  # shellcheck source=/dev/null
  . "$PARTS/$part.sh"
done

RATE=400mbit RATE_BITS=400000000
# Silent for 4 s, and at most 6 s until what ran has been told to end.
DETECTION=10

needs_distribute() {
  need ssh openssh-client ssh-keygen openssh-client tar tar openssl openssl nsenter util-linux tc iproute2 \
    debootstrap debootstrap
}

bench_distribute() {
  ROUNDS=5
  local mib=300 hosts
  if [[ -n $QUICK ]]; then ROUNDS=1 mib=32; fi
  say 'making trees ...'
  make_blobs blobs "$mib"
  BYTES=$(find blobs -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
  start_lab 5
  start_java -Xmx256m io.hawser.lab.bench.TreePush "$STATE"
  say 'warming up ...'
  for hosts in 1 5; do
    clear_hosts 5
    ask relay "$STATE/blobs" "$hosts" CHANGED
  done
  for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do
    say "round $ROUND of $ROUNDS ..."
    for hosts in 1 3 5; do compare "hosts-$hosts" size/rate relay direct tar-ssh; done
    compare limited-5 size/rate relay
    [[ -n $QUICK ]] || for fault in kill pause cut; do compare "$fault" size/rate relay; done
  done
  report
  if [[ -z $QUICK ]]; then judge_all; fi
}

# compare MEASURE CLIENT...: each once, with the uplink limited
compare() {
  local measure=$1 client count=5
  shift
  case $measure in hosts-*) count=${measure#hosts-} ;; esac
  for client; do
    TOOK=$((BYTES * 8 * 1000 / (RATE_BITS / 1000)))
    if [[ $client != size/rate ]]; then
      clear_hosts 5
      limits "$measure" "$RATE"
      run_one "$measure" "$client" "$count"
      limits "$measure" none
    fi
    sample "$measure" "$client"
  done
}

limits() {
  local host
  lab shape "$2"
  [[ $1 == limited-* ]] || return 0
  for host in 1 2 3 4 5; do lab shape "$2" "$host"; done
}

run_one() {
  local before sent
  before=$(uplink)
  case $1/$2 in
    kill/* | pause/* | cut/*) fail_one "$1" ;;
    */relay) ask relay "$STATE/blobs" "$3" CHANGED ;;
    */direct) ask open "$STATE/blobs" "$3" CHANGED ;;
    */tar-ssh) took on_each "$3" tar_ssh blobs ;;
  esac
  case $1 in
    kill | pause | cut) return ;; # who failed was sent some of it again
  esac
  sent=$(($(uplink) - before))
  check blobs "$3"
  case $2 in
    relay)
      TOOK_BEFORE=$TOOK TOOK=$sent
      sample "egress-${1#hosts-}" relay
      TOOK=$BYTES
      sample "egress-${1#hosts-}" data
      TOOK=$TOOK_BEFORE
      ;;
  esac
}

# fail_one VERB: a third of the way host 2 of 5 fails; TOOK is the time until the others have all.
fail_one() {
  local answer
  printf 'others %s 5 %s\n' "$STATE/blobs" "$(host_address 2)" >&"${JAVA[1]}"
  sleep "$(awk "BEGIN { print $BYTES * 8 / $RATE_BITS / 3 }")"
  lab "$1" 2
  read -r -t 300 answer <&"${JAVA[0]}" || answer=''
  [[ $answer =~ ^[0-9]+\.[0-9]{6}\  ]] || die "no answer after $1: $answer $(tail -n 5 "$STATE/java.log")"
  answer=${answer%% *}
  TOOK=$((10#${answer/./}))
  lab heal all
  check blobs 1 3 4 5
}

report() {
  local measure
  say ''
  table_head
  for measure in hosts-1 hosts-3 hosts-5; do
    row "$measure" relay
    row "$measure" size/rate relay
    row "$measure" direct relay
    row "$measure" tar-ssh relay
  done
  for measure in limited-5 kill pause cut; do
    means "$measure" relay | grep -q . || continue
    row "$measure" relay
    row "$measure" size/rate relay
  done
  for measure in 1 3 5 limited-5; do
    say "egress, $measure hosts: $(ratios "egress-$measure" relay data | spread %.3f | awk '{ print $1 }') times the data"
  done
  say ''
}

judge_all() {
  local short=0 measure late
  late=$(awk "BEGIN { print 1.4 + $DETECTION / ($BYTES * 8 / $RATE_BITS) }")
  : >verdicts
  for measure in 1 3 5; do judge again "egress-$measure" relay data 1.05 || short=1; done
  for measure in 1 3 5; do judge again "hosts-$measure" relay size/rate 1.15 || short=1; done
  judge again limited-5 relay size/rate 1.2 || short=1
  for measure in kill pause cut; do judge again "$measure" relay size/rate "$late" || short=1; done
  say "$(<verdicts)"
  return "$short"
}
# again MEASURE PEER CLIENT: all rounds of a measure once more
again() {
  local measure=${1/egress-/hosts-}
  for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do compare "$measure" size/rate relay; done
}
