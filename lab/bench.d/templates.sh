# shellcheck shell=bash disable=SC2034 # TOOK is read by sample
# Templates of a runtime, rendered by Hawser in a warm JVM and by real Go.

GOLDEN=$LAB/golden
CASES=$LAB/../core/src/test/resources/golden-templates/runtime.cases

needs_templates() {
  need go golang-go
  local package
  for package in github.com/Masterminds/sprig sigs.k8s.io/yaml; do
    [[ -d /usr/share/gocode/src/$package ]] || die "missing: $package; install with: apt-get install" \
      'golang-github-masterminds-sprig-dev golang-k8s-sigs-yaml-dev'
  done
}

bench_templates() {
  ROUNDS=7 RENDERS=1000
  if [[ -n $QUICK ]]; then ROUNDS=1 RENDERS=200; fi
  say 'building the program in Go ...'
  env HOME="$STATE" GOCACHE="$STATE/cache" GOFLAGS='' GO111MODULE=off GOPATH=/usr/share/gocode \
    go build -o golden "$GOLDEN/golden.go" || die 'the program in Go was not built'
  mkdir cases
  COUNT=$(./golden export "$CASES" cases)
  start_java -Xmx256m io.hawser.lab.bench.TemplateRenders "$STATE/cases"
  say "warming up, with $COUNT templates ..."
  for i in 1 2 3 4 5; do ask "$RENDERS"; done
  for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do
    say "round $ROUND of $ROUNDS ..."
    compare
  done
  report
  if [[ -z $QUICK ]]; then judge_all; fi
}

compare() {
  local client i
  for i in 1 2 3; do
    for client in go hawser; do
      "client_$client"
      sample renders "$client"
    done
  done
}

client_hawser() { ask "$RENDERS"; }

# Both processors are there for both: the collectors of garbage run beside the one thread that renders.
client_go() {
  local seconds
  seconds=$(./golden measure "$CASES" "$RENDERS") || die 'the program in Go failed'
  [[ $seconds =~ ^[0-9]+\.[0-9]{6}$ ]] || die "the program in Go answered '$seconds'"
  TOOK=$((10#${seconds/./}))
}

report() {
  local client
  say ''
  table_head
  row renders hawser
  row renders go hawser
  for client in hawser go; do
    say "$client: $(means renders "$client" | spread %.3f |
      awk -v count="$((COUNT * RENDERS))" '{ printf "%d", count / $1 * 1000 }') renders per second"
  done
  say ''
}

judge_all() {
  local short=0
  : >verdicts
  judge again renders hawser go 3 || short=1
  say "$(<verdicts)"
  return "$short"
}
again() {
  for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do compare; done
}
