# shellcheck shell=bash
# Samples, what is computed from them, and targets.

# A sample is a line: round, measure, client, microseconds. Several of one round are added up.
sample() { printf '%s %s %s %s\n' "$ROUND" "$1" "$2" "$TOOK" >>"$STATE/samples"; }

# means MEASURE CLIENT: the mean of each round, in milliseconds.
means() {
  awk -v measure="$1" -v client="$2" '
    $2 == measure && $3 == client { sum[$1] += $4; count[$1]++ }
    END { for (round in sum) printf "%.3f\n", sum[round] / count[round] / 1000 }' "$STATE/samples"
}

# ratios MEASURE CLIENT PEER: client over peer, one figure per round.
ratios() {
  awk -v measure="$1" -v client="$2" -v peer="$3" '
    $2 == measure && $3 == client { mine[$1] += $4; m[$1]++ }
    $2 == measure && $3 == peer { other[$1] += $4; o[$1]++ }
    END { for (round in mine) if (other[round] > 0) printf "%.4f\n", (mine[round] / m[round]) / (other[round] / o[round]) }' \
    "$STATE/samples"
}

# Reads figures; prints their median, least and most.
spread() {
  sort -n | awk -v format="${1:-%.2f}" '
    { value[NR] = $1 }
    END {
      if (NR == 0) exit 1
      middle = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
      printf format " " format " " format "\n", middle, value[1], value[NR]
    }'
}

table_head() {
  printf '%-10s %-18s %9s %9s %9s   %s\n' measure client 'ms' least most 'hawser / client'
}
# row MEASURE CLIENT [OURS]: a line of the table, with the ratio of our own client to it.
row() {
  local middle least most ratio=''
  read -r middle least most < <(means "$1" "$2" | spread %.1f)
  if [[ -n ${3-} ]]; then
    ratio=$(ratios "$1" "$3" "$2" | spread | awk '{ printf "%s  (%s to %s)", $1, $2, $3 }')
  fi
  printf '%-10s %-18s %9s %9s %9s   %s\n' "$1" "$2" "$middle" "$least" "$most" "$ratio"
}

# target NAME MEASURE CLIENT PEER BOUND: prints the target's line; false when it is short. The bound is the most that
# the ratio may be, or the least when it begins with a plus: +0.9.
target() {
  local middle='' least='' most='' verdict=ok how='at most' bound=${5#+}
  if [[ $5 == +* ]]; then how='at least'; fi
  read -r middle least most < <(ratios "$2" "$3" "$4" | spread %.3f) || true
  [[ -n $middle ]] || die "$1 was not measured"
  awk -v is="$middle" -v bound="$bound" -v how="$how" \
    'BEGIN { exit !(how == "at most" ? is <= bound : is >= bound) }' || verdict='... short'
  printf '%-24s %5s  (%s to %s)  %s %s  %s\n' "$1" "$middle" "$least" "$most" "$how" "$bound" "$verdict"
  [[ $verdict == ok ]]
}

# judge AGAIN MEASURE CLIENT PEER BOUND: adds the target's line to the file verdicts. A short one is measured anew
# by the command AGAIN, twice at most, and every line is printed. False when it stays short.
judge() {
  # shellcheck disable=SC2153 # NAME is the benchmark
  local again name="$NAME $2 / $4"
  for again in 1 2; do
    target "$name" "${@:2}" >line && break
    say "$(<line)"
    say "  again, $again of 2 ..."
    sed -i "/ $2 /d" samples
    "$1" "$2" "$4" "$3"
  done
  target "$name" "${@:2}" >line
  cat line >>verdicts
  [[ $(<line) == *' ok' ]]
}
