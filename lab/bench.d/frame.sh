# shellcheck shell=bash disable=SC2034 # what is set here is used by the other files
# What every benchmark shares: its namespaces, its end, the program that is measured.

LIMIT=2700 QUICK_LIMIT=180

die() { printf 'lab/bench: %s\n' "$*" >&2; exit 1; }
misuse() { printf 'lab/bench: %s (see lab/bench --help)\n' "$*" >&2; exit 2; }
say() { printf '%s\n' "$*"; }

# need COMMAND PACKAGE ...: every missing command is named with the package that has it.
need() {
  local missing=() packages=()
  while (($#)); do
    command -v "$1" >/dev/null || {
      missing+=("$1")
      [[ " ${packages[*]} " == *" $2 "* ]] || packages+=("$2")
    }
    shift 2
  done
  ((${#missing[@]} == 0)) || die "missing: ${missing[*]}; install with: apt-get install ${packages[*]}" \
    "(all that benchmarks need: apt-get install \$(cat lab/bench-packages))"
}

# Compiles Hawser and the benchmarks' Java, and notes the class path.
build() {
  local log=$LAB/target/bench-build.log
  say 'building Hawser ...'
  mkdir -p "$LAB/target"
  (cd "$LAB/.." && ./mvnw -q -B -pl lab -am -DskipTests compile dependency:build-classpath \
    -Dmdep.outputFile=target/bench.classpath -DincludeScope=runtime) </dev/null >"$log" 2>&1 ||
    die "the build failed: $(tail -n 5 "$log") (all of it in $log)"
}

# launch NAME QUICK: checks what is needed, builds, and runs the benchmark in namespaces of its own. Nothing in
# them outlives this process, however it ends: each process of the chain is killed when the one before it ends,
# and with the first process of a process namespace the kernel ends all others.
launch() {
  local name=$1 quick=$2 limit=$LIMIT status=0
  ((EUID == 0)) || die 'needs root (it makes namespaces and mounts)'
  # shellcheck source=/dev/null
  . "$PARTS/$name.sh"
  need unshare util-linux setpriv util-linux mount mount ip iproute2 awk mawk java openjdk-17-jdk-headless
  "needs_$name"
  if [[ -n $quick ]]; then limit=$QUICK_LIMIT; fi
  [[ -n ${HAWSER_BENCH_CLASSPATH-} ]] || build
  STATE=$(mktemp -d /tmp/hawser-bench.XXXXXX)
  trap 'finish' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  setpriv --pdeathsig KILL timeout --signal KILL "$limit" setpriv --pdeathsig KILL \
    unshare --net --mount --propagation private --pid --fork --kill-child --mount-proc \
    "$LAB/bench" --inside "$name" "$STATE" "$quick" &
  INSIDE=$!
  wait "$INSIDE" || status=$?
  INSIDE=''
  ((status != 137)) || die "not done within $limit s, or killed"
  exit "$status"
}

finish() {
  trap '' INT TERM HUP
  if [[ -n ${INSIDE-} ]]; then
    kill -KILL "$INSIDE" 2>/dev/null || true
    wait "$INSIDE" 2>/dev/null || true
  fi
  rmdir "$STATE" # its content was in memory and is gone with the namespace
}

# inside NAME STATE QUICK: the first process of the namespaces.
inside() {
  NAME=$1 STATE=$2 QUICK=$3
  # shellcheck source=/dev/null
  . "$PARTS/$NAME.sh"
  mount -t tmpfs -o mode=700 bench "$STATE"
  cd "$STATE" || die "no $STATE"
  : >samples
  "bench_$NAME"
}

# Runs java with the classes that were built; in another network when IN_NET says how to get there.
java_bench() {
  local path=${HAWSER_BENCH_CLASSPATH:-$LAB/target/classes:$(<"$LAB/target/bench.classpath")}
  exec ${IN_NET[@]+"${IN_NET[@]}"} "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$path" "$@"
}

# Starts a Java program that answers each line it is asked with a line of seconds.
start_java() {
  coproc JAVA { java_bench "$@" 2>"$STATE/java.log"; }
}

# ask REQUEST...: sets TOOK to the microseconds of the answer, and USED to those of processor time if it says so.
ask() {
  local answer=''
  # shellcheck disable=SC2015,SC2153 # JAVA is the coprocess
  printf '%s\n' "$*" >&"${JAVA[1]}" && read -r -t 300 answer <&"${JAVA[0]}" || answer=''
  [[ $answer =~ ^[0-9]+\.[0-9]{6}(\ [0-9]+\.[0-9]{6})?$ ]] || die "no answer to '$*': $(tail -n 5 "$STATE/java.log")"
  TOOK=${answer%% *} USED=${answer#* }
  TOOK=$((10#${TOOK/./})) USED=$((10#${USED/./}))
}

# took COMMAND...: sets TOOK to the microseconds it takes; it must succeed.
took() {
  local from=${EPOCHREALTIME/./}
  "$@" >"$STATE/out" 2>&1 </dev/null || die "$* failed: $(tail -n 5 "$STATE/out")"
  TOOK=$((${EPOCHREALTIME/./} - from))
}
