# shellcheck shell=bash disable=SC2034 # TOOK is read by sample
# Pulls by containerd on two nodes while a replica of the registry fails and comes back, in every way and for every
# replica of two, three and four; beside the list of mirrors alone.

for part in images lab; do
  # shellcheck source=/dev/null
  . "$PARTS/$part.sh"
done

HUB=hub.bench:5000 PACE=0.7 CUT_OFF=20
NODES=(5 6)
REJECT='-p tcp --dport 5000 -j REJECT --reject-with tcp-reset'
PLAIN=(killed refused 401 404 500 503 blob tag storage)
MUTE=(silent stopped)
# A pull that takes so much longer than a usual one is not at full speed.
SLOW=0.5

needs_failover() {
  need ssh openssh-client ssh-keygen openssh-client nsenter util-linux debootstrap debootstrap \
    skopeo skopeo docker-registry docker-registry openssl openssl curl curl gzip gzip
}

bench_failover() {
  local images=30 replicas broken way
  SIZES=(2 3 4) HEALTHY=3 BAD=9 AGAIN=4
  if [[ -n $QUICK ]]; then SIZES=(2) PLAIN=(killed) MUTE=(stopped) BAD=7 AGAIN=3; fi
  start_lab 6
  say 'making images ...'
  make_registry rootfs/registry "$images"
  start_java -Xmx256m io.hawser.lab.bench.FailoverCluster "$STATE" "$STATE/rootfs"
  place_programs
  : >cases
  printf '%-8s %-9s %8s %6s %7s %8s %7s %7s %8s\n' \
    client way replicas failed 'usual' 'worst +' 'speed' 'later +' reacted
  if [[ -z $QUICK ]]; then
    ask init 2 list
    for way in "${PLAIN[@]}" "${MUTE[@]}"; do run_case list "$way" 2 1; done
    ask reset 2 list
  fi
  for replicas in "${SIZES[@]}"; do
    ask init "$replicas" watched
    for ((broken = 1; broken <= replicas; broken++)); do
      for way in "${PLAIN[@]}" "${MUTE[@]}"; do run_case watched "$way" "$replicas" "$broken"; done
    done
    all_gone "$replicas"
    ask reset "$replicas" watched
  done
  if [[ -z $QUICK ]]; then judge_all; fi
}

# What runs on the hosts: pulls that begin one after the other without waiting for it, and a web server that only says no.
# Every pull has an image of its own, and they are removed when all are done: containerd clears up under a lock that pulls
# need, too.
place_programs() {
  local host
  cat >puller <<END
rm -rf /tmp/pulls; mkdir /tmp/pulls; i=0
while [ ! -e /tmp/pulls/end ]; do
  i=\$((i + 1))
  (
    image=$HUB/bench/app\$((i % 30)):v1
    began=\$(date +%s.%N)
    timeout $CUT_OFF ctr images pull --hosts-dir /etc/containerd/certs.d \$image >/tmp/pulls/out.\$i 2>&1
    echo "\$began \$(date +%s.%N) \$?" >/tmp/pulls/done.\$i
  ) &
  sleep $PACE
done
wait
ctr images ls -q | xargs -r ctr images rm --sync >/dev/null 2>&1
END
  cat >refuser <<'END'
import http.server, sys
class No(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        self.send_response(int(sys.argv[1])); self.send_header('Content-Length', '0'); self.end_headers()
    do_HEAD = do_GET
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer.allow_reuse_address = True
http.server.ThreadingHTTPServer(('', 5000), No).serve_forever()
END
  for ((host = 1; host <= 6; host++)); do
    on "$host" 'cat >/tmp/puller' <puller
    on "$host" 'cat >/tmp/refuser' <refuser
  done
}

on() { "$LAB/hosts" on "$1" sh -c "$2"; }

service() { on "$1" "systemctl $2 hawser-registry-bench" >/dev/null 2>&1 || true; }

fail() {
  local data=/var/lib/sealos/data/bench/registry/docker/registry/v2
  case $1 in
    killed) on "$2" 'kill -9 $(systemctl show -p MainPID hawser-registry-bench | cut -d= -f2)' ;;
    refused) on "$2" "iptables -I INPUT $REJECT" ;;
    40? | 50?)
      service "$2" stop
      on "$2" "python3 /tmp/refuser $1 >/dev/null 2>&1 </dev/null & echo \$! >/tmp/refuser.pid"
      ;;
    blob) on "$2" "mv $data/blobs /tmp/gone && mkdir $data/blobs" ;;
    tag) on "$2" "cd $data/repositories/bench && for r in *; do mv \$r/_manifests/tags \$r/_manifests/gone; done" ;;
    storage) on "$2" "mv $data /tmp/gone" ;;
    silent) lab cut "$2" ;;
    stopped) on "$2" 'kill -STOP $(systemctl show -p MainPID hawser-registry-bench | cut -d= -f2)' ;;
  esac
}

heal() {
  local data=/var/lib/sealos/data/bench/registry/docker/registry/v2
  case $1 in
    killed) service "$2" start ;;
    refused) on "$2" "iptables -D INPUT $REJECT" ;;
    40? | 50?)
      on "$2" 'kill $(cat /tmp/refuser.pid)'
      service "$2" start
      ;;
    blob) on "$2" "rmdir $data/blobs && mv /tmp/gone $data/blobs" ;;
    tag) on "$2" "cd $data/repositories/bench && for r in *; do mv \$r/_manifests/gone \$r/_manifests/tags; done" ;;
    storage) on "$2" "rm -rf $data && mv /tmp/gone $data" ;;
    silent) lab heal "$2" ;;
    stopped) on "$2" 'kill -CONT $(systemctl show -p MainPID hawser-registry-bench | cut -d= -f2)' ;;
  esac
}

begin_pulls() {
  local node
  PULLERS=()
  for node in "${NODES[@]}"; do
    on "$node" 'sh /tmp/puller' >/dev/null 2>&1 </dev/null &
    PULLERS+=($!)
  done
}

# end_pulls: lets those that run come to their end; pulls gets lines: seconds from T0 to the start, seconds it took, status.
# Says why one failed.
end_pulls() {
  local node line
  for node in "${NODES[@]}"; do on "$node" 'touch /tmp/pulls/end'; done
  wait "${PULLERS[@]}" || true
  for node in "${NODES[@]}"; do on "$node" 'cat /tmp/pulls/done.*'; done |
    awk -v t0="$1" '{ printf "%.3f %.3f %d\n", $1 - t0, $2 - $1, $3 }' >pulls
  for node in "${NODES[@]}"; do
    on "$node" 'cd /tmp/pulls; for i in done.*; do grep -q " 0$" "$i" || tail -n 1 "out.${i#done.}"; done' |
      while read -r line; do say "a pull on host $node failed: $line"; done
  done
}

# run_case CLIENT WAY REPLICAS BROKEN: adds a line to cases; one that is short is measured again, twice at most.
run_case() {
  local again
  for ((again = 0; again < 3; again++)); do
    measure_case "$@"
    cat case
    [[ -z $QUICK && $1 == watched ]] && is_short "$2" || break
  done
  cat case >>cases
}

# is_short WAY: whether the case that was measured last misses a target of its way.
is_short() {
  awk -v mute="$(case " ${MUTE[*]} " in *" $1 "*) echo 1 ;; esac)" '
    { exit !(mute ? $7 > 5 || $8 > 0.5 || $9 > 0 : $4 > 0 || $6 > 0.5) }' case
}

# measure_case CLIENT WAY REPLICAS BROKEN: writes the line to the file case.
measure_case() {
  local t0 t1 reacted
  begin_pulls
  sleep "$HEALTHY"
  t0=$EPOCHREALTIME
  fail "$2" "$4"
  sleep "$BAD"
  reacted=$(reaction "$t0")
  t1=$EPOCHREALTIME
  heal "$2" "$4"
  sleep "$AGAIN"
  end_pulls "$t0"
  figures "$(awk "BEGIN { print $t1 - $t0 }")" >figures
  printf '%-8s %-9s %4s/%s   %s %s\n' "$1" "$2" "$4" "$3" "$(<figures)" "$reacted" >case
  settled "$3"
}

# The seconds until the first of the nodes' lists was changed after T0, "-" if none was.
reaction() {
  local node
  for node in "${NODES[@]}"; do on "$node" "stat -c %.Y /etc/containerd/certs.d/$HUB/hosts.toml"; done |
    awk -v t0="$1" '$1 > t0 && (!best || $1 < best) { best = $1 } END { if (best) printf "%7.1f", best - t0; else printf "%7s", "-" }'
}

# figures T1: failed pulls; the usual time; the worst that was added; seconds from the failure until pulls that begin are at
# full speed; the worst that was added to pulls that began 5 s and more after the failure, and how many of those failed.
figures() {
  sort -n pulls | awk -v t1="$1" -v slow="$SLOW" '
    { start[NR] = $1; took[NR] = $2; status[NR] = $3 }
    $1 + $2 < 0 { usual[++u] = $2 }
    END {
      n = asort_(usual, u)
      base = u % 2 ? usual[(u + 1) / 2] : (usual[u / 2] + usual[u / 2 + 1]) / 2
      for (i = 1; i <= NR; i++) {
        added = took[i] - base
        if (status[i] != 0) failed++
        if (start[i] + took[i] < 0) continue
        if (added > worst) worst = added
        if (start[i] >= 0 && start[i] < t1 && (added > slow || status[i] != 0) && start[i] > last) last = start[i]
        if (start[i] >= 5) {
          if (added > later) later = added
          if (status[i] != 0) later_failed++
        }
      }
      printf "%6d %7.2f %8.2f %7.1f %7.2f %d", failed, base, worst, last, later, later_failed
    }
    function asort_(a, n,   i, j, t) {
      for (i = 2; i <= n; i++) { t = a[i]; for (j = i - 1; j > 0 && a[j] > t; j--) a[j + 1] = a[j]; a[j + 1] = t }
      return n
    }'
}

# Waits until all replicas are listed in their order again.
settled() {
  local i node
  for ((i = 0; i < 60; i++)); do
    for node in "${NODES[@]}"; do
      if on "$node" "grep -q 'for now in place of' /etc/containerd/certs.d/$HUB/hosts.toml"; then
        sleep 0.5
        continue 2
      fi
    done
    return
  done
  die 'a replica that was healed is not listed in its place after half a minute'
}

# With no replica left a pull has to fail.
all_gone() {
  local host node gone=0
  for ((host = 1; host <= $1; host++)); do service "$host" stop; done
  for node in "${NODES[@]}"; do
    on "$node" "timeout $CUT_OFF ctr images pull --hosts-dir /etc/containerd/certs.d $HUB/bench/app1:v1" \
      >/dev/null 2>&1 || gone=$((gone + 1))
  done
  for ((host = 1; host <= $1; host++)); do service "$host" start; done
  ((gone == ${#NODES[@]})) || die 'a pull succeeded although no replica was left'
  say "all $1 gone: pulls failed on ${#NODES[@]} nodes, as they must"
}

# limit NAME COLUMN WAYS BOUND UNIT: the worst of a column over the cases of those ways.
limit() {
  awk -v name="$1" -v column="$2" -v ways=" $3 " -v bound="$4" '
    $1 == "watched" && index(ways, " " $2 " ") {
      count++
      if ($column > worst) worst = $column
      value[count] = $column
    }
    END {
      verdict = worst <= bound ? "ok" : "... short"
      printf "%-34s %6.2f  (worst of %d cases)  at most %s  %s\n", name, worst, count, bound, verdict
      exit verdict != "ok"
    }' cases
}

judge_all() {
  local short=0
  # The columns of a case: client, way, which, failed, usual, worst, speed, later, later failed, reacted.
  say ''
  limit 'failover failed, plain' 4 "${PLAIN[*]}" 0 || short=1
  limit 'failover added, plain' 6 "${PLAIN[*]}" 0.5 || short=1
  limit 'failover full speed, mute' 7 "${MUTE[*]}" 5 || short=1
  limit 'failover added later, mute' 8 "${MUTE[*]}" 0.5 || short=1
  limit 'failover failed later, mute' 9 "${MUTE[*]}" 0 || short=1
  return "$short"
}
