# shellcheck shell=bash disable=SC2034 # USED is read where it is set
# Trees to hosts: cold, again, to several, and over a distance.

for part in trees distance; do
  # shellcheck source=/dev/null
  . "$PARTS/$part.sh"
done

needs_transfer() {
  need ssh openssh-client ssh-keygen openssh-client sshd openssh-server sftp openssh-client scp openssh-client \
    rsync rsync tar tar xargs findutils openssl openssl python3 python3-minimal nsenter util-linux ping iputils-ping
}

bench_transfer() {
  ROUNDS=5
  local mib=1024 small=3000 program=30 many=20000
  if [[ -n $QUICK ]]; then ROUNDS=1 mib=128 small=600 program=6 many=4000; fi
  say 'making trees ...'
  make_blobs blobs "$mib"
  make_rootfs rootfs "$small" "$program"
  make_many many "$many"
  make_blobs third $((mib * 34 / 100))
  make_rootfs few 300 0
  start_hosts 10
  write_ssh_conf plain
  write_ssh_conf gcm 'Ciphers aes128-gcm@openssh.com'
  local host
  while read -r host; do mkdir "root-$host"; done <hosts
  start_far_host 6
  start_java -Xmx256m io.hawser.lab.bench.TreePush "$STATE"
  warm_up
  remember_quiet
  for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do
    say "round $ROUND of $ROUNDS ..."
    compare blobs tar-ssh hawser rsync scp sftp sealos
    compare fresh tar-ssh fresh
    compare rootfs tar-ssh hawser rsync scp sealos
    compare three tar-ssh hawser
    compare again-many rsync hawser
    compare again-blobs rsync hawser
    compare far-blobs tar-ssh hawser sftp
    compare far-few tar-ssh hawser sealos
  done
  measure_heap
  report
  if [[ -z $QUICK ]]; then judge_all; fi
}

# How a measure is made: the tree, and how many hosts or which.
declare -gA TREE=([blobs]=blobs [fresh]=blobs [rootfs]=rootfs [three]=blobs [again-many]=many [again-blobs]=blobs
  [far-blobs]=third [far-few]=few)
declare -gA HOSTS=([blobs]=1 [fresh]=1 [rootfs]=1 [three]=3 [again-many]=1 [again-blobs]=1
  [far-blobs]=$FAR [far-few]=$FAR)

compare() {
  local measure=$1 client tree=${TREE[$1]} count=${HOSTS[$1]} how=cold
  shift
  case $measure in again-*) how=again ;; esac
  for client; do
    empty
    if [[ $how == again ]]; then "push_$client" "$tree" "$count" first; fi
    settle
    "push_$client" "$tree" "$count" "$how"
    sample "$measure" "$client"
    if [[ $measure == blobs && -n ${USED-} ]]; then used "$client"; fi
    check "$tree" "$count"
  done
}

used() { TOOK=$USED sample cpu "$1"; }

empty() { rm -rf root-*/data root-*/var; }

# What was sent is there; names and sizes will do, Hawser has compared the digests.
check() {
  local host
  while read -r host; do
    cmp -s <(cd "$1" && find . -type f -printf '%P %s\n' | sort) \
      <(cd "root-$host/data" && find . -type f -printf '%P %s\n' | sort) || die "$1 is not whole on $host"
  done < <(chosen "$2")
}

# chosen HOSTS: the addresses of so many, or of this one
chosen() { if [[ $1 == *.* ]]; then printf '%s\n' "$1"; else head -n "$1" hosts; fi; }

push_hawser() {
  case $3 in
    cold) ask push "$STATE/$1" "$2" CHANGED ;;
    first) ask open "$STATE/$1" "$2" CHANGED ;;
    again) ask open "$STATE/$1" "$2" SAME ;;
  esac
}
push_sealos() { each "$2" mkdir -p; ask sealos "$STATE/$1" "$2"; USED=''; }
push_fresh() { measured fresh_jvm "$1" "$2"; USED=''; }
fresh_jvm() { (java_bench "${HEAP:--Xmx256m}" io.hawser.lab.bench.TreePush "$STATE" push "$STATE/$1" "$2" CHANGED); }
push_tar-ssh() { measured on_each "$2" tar_ssh "$1"; }
push_rsync() { measured on_each "$2" rsync_to "$1"; }
push_scp() { measured on_each "$2" scp_to "$1"; }
push_sftp() { measured on_each "$2" sftp_to "$1"; }

tar_ssh() { tar -C "$1" -cf - . | ssh -F gcm.conf "$2" "mkdir -p '$3' && tar -C '$3' -xf -"; }
rsync_to() { rsync -a -e 'ssh -F plain.conf' "$1/" "$2:$3/"; }
scp_to() { scp -q -r -F plain.conf "$1" "$2:$3"; }
sftp_to() { printf 'mkdir %s\nput -r %s/. %s\n' "$3" "$1" "$3" | sftp -q -F plain.conf -b - "$2"; }

# each HOSTS COMMAND...: with the directory on each host
each() {
  local host
  while read -r host; do "${@:2}" "root-$host/data"; done < <(chosen "$1")
}

# on_each HOSTS FUNCTION TREE: for all hosts at once, with the host and the directory there
on_each() {
  local host pids=() pid
  while read -r host; do
    "$2" "$3" "$host" "$STATE/root-$host/data" &
    pids+=($!)
  done < <(chosen "$1")
  for pid in "${pids[@]}"; do wait "$pid" || return; done
}

# measured COMMAND...: sets TOOK, and USED to the processor time of the command and its children
measured() {
  local before after
  before=$(child_time)
  took "$@"
  after=$(child_time)
  USED=$(((after - before) * 10000))
}
# Hundredths of a second that the children of this shell have used.
child_time() {
  local stat
  read -r stat <"/proc/$BASHPID/../$$/stat" 2>/dev/null || read -r stat </proc/$$/stat
  stat=${stat##*) }
  # shellcheck disable=SC2086 # fields
  set -- $stat
  echo $((${14} + ${15}))
}

warm_up() {
  local times
  say 'warming up ...'
  for times in 1 2 3; do
    empty
    ask push "$STATE/blobs" 1 CHANGED
    empty
    ask push "$STATE/rootfs" 1 CHANGED
    ask open "$STATE/rootfs" 1 SAME
  done
}

# The third of the tree to ten hosts at once, in a JVM with a small heap: it must do, and says how much it used.
measure_heap() {
  empty
  settle
  HEAP=-Xmx32m took fresh_jvm third 10
  HEAP_USED=$(awk 'END { print $NF }' out)
  [[ $HEAP_USED =~ ^[0-9.]+$ ]] || die "the heap was not told: $(tail -n 3 out)"
  check third 10
  empty
}

report() {
  local client
  say ''
  table_head
  rows blobs tar-ssh rsync scp sftp sealos
  row fresh fresh
  row fresh tar-ssh fresh
  rows cpu tar-ssh
  rows rootfs tar-ssh rsync scp sealos
  rows three tar-ssh
  rows again-many rsync
  rows again-blobs rsync
  rows far-blobs tar-ssh sftp
  rows far-few tar-ssh sealos
  say "heap: ten hosts at once with -Xmx32m, $HEAP_USED MiB used at most"
  say ''
}
# rows MEASURE PEER...: our line, and each peer's
rows() {
  local measure=$1 client
  shift
  row "$measure" hawser
  for client; do row "$measure" "$client" hawser; done
}

judge_all() {
  local short=0
  : >verdicts
  judge again blobs hawser tar-ssh 1.0 || short=1
  judge again fresh fresh tar-ssh 1.3 || short=1
  judge again cpu hawser tar-ssh 1.0 || short=1
  judge again rootfs hawser tar-ssh 1.0 || short=1
  judge again three hawser tar-ssh 0.8 || short=1
  judge again again-many hawser rsync 0.2 || short=1
  judge again again-blobs hawser rsync 0.2 || short=1
  judge again far-blobs hawser tar-ssh 1.15 || short=1
  judge again far-few hawser tar-ssh 1.15 || short=1
  # A larger heap than that it was not given.
  printf '%-24s %5s  at most 32  ok\n' 'transfer heap in MiB' "$HEAP_USED" >>verdicts
  say "$(<verdicts)"
  return "$short"
}
# again MEASURE PEER CLIENT: all rounds of a measure once more
again() {
  local measure=$1
  shift
  [[ $measure != cpu ]] || measure=blobs
  for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do compare "$measure" "$@"; done
}
