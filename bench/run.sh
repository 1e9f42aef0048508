#!/usr/bin/env bash
# Every figure that this machine can make: `make bench`, or with the sets of docs/measurements.md `make bench DATA=DIR`.
# Without DATA only what needs no set is measured, which takes about a minute.
set -euo pipefail
python="$1"
data="${2:-}"

section() { printf '\n== %s\n' "$*"; }

section "privacy"
"$python" bench/privacy.py
section "speed of matching, 10,000 documents"
"$python" bench/match_speed.py --documents 10000
section "the whole path over the sample content"
if command -v wrk >/dev/null; then
  "$python" bench/check_load.py --records 0
else
  echo "left out: it needs the program wrk (package 'wrk')"
fi
if [ -z "$data" ]; then
  section "quality, decisions, links: left out; name the folder of the sets with DATA=DIR"
  exit 0
fi
for set in "$data"/*/; do
  if [ -f "$set/hosts.txt.gz" ]; then
    section "links, $set"
    "$python" bench/links.py "$set"
  fi
  [ -f "$set/qrels/dev.tsv" ] || continue
  for accents in "" --strip-accents; do
    section "$set ${accents:-as typed}"
    # shellcheck disable=SC2086 # No word at all where accents stay.
    "$python" bench/match_quality.py "$set" --split dev $accents
    # shellcheck disable=SC2086
    "$python" bench/match_decisions.py "$set" --split dev $accents
  done
done
