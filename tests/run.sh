#!/usr/bin/env bash
# Installs what the tests need where it is missing, and runs them all on an optimised build. --fast leaves the browser tests out.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export MSBUILDDISABLENODEREUSE=1

packages=()
need() { dpkg -s "$1" >/dev/null 2>&1 || packages+=("$1"); }
if command -v dpkg >/dev/null; then
  for package in libgtk-3-0 libdrm2 libatomic1; do need "$package"; done
  for package in python3-torch python3-onnx python3-numpy python3-opencv; do need "$package"; done # train and export a model in a test
  if [ "${1:-}" != --fast ]; then need chromium; fi
  if [ ${#packages[@]} -gt 0 ]; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -q &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}" ||
      { echo "These packages could not be installed: ${packages[*]}." >&2; exit 1; }
  fi
fi

dotnet build MaskDashboard.sln -c Release -v q --nologo || exit 1

passed=0 failed=0 skipped=0 broken=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in tests/*.Tests tests/*.BrowserTests; do
  if [ "${1:-}" = --fast ] && [[ "$project" == *BrowserTests ]]; then continue; fi
  dotnet test "$project" -c Release --no-build --nologo 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  line=$(grep -E '^(Passed|Failed|Skipped)! ' "$log" | tail -n 1)
  count() { sed -nE "s/.*$1: *([0-9]+).*/\1/p" <<<"$line"; }
  if [ -z "$line" ]; then
    grep -q 'No test is available' "$log" || { echo "$project ended without a result." >&2; broken=1; }
    continue
  fi
  passed=$((passed + $(count Passed))) failed=$((failed + $(count Failed))) skipped=$((skipped + $(count Skipped)))
  [ "$status" = 0 ] || [ "$(count Failed)" != 0 ] || broken=1
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$broken" = 0 ] && [ "$passed" -gt 0 ]
