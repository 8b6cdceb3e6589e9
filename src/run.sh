#!/usr/bin/env bash
# Builds and starts the dashboard; arguments go to the program, for instance --Data:Folder DIR, or --demo for a run without accounts.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

if ! command -v dotnet >/dev/null || ! grep -q '^10\.' <<<"$(dotnet --list-sdks)"; then
  echo "The .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download and run this again." >&2
  exit 1
fi

# What the OpenCV library is linked with.
present=$(ldconfig -p)
missing=()
for pair in libgtk-3.so.0:libgtk-3-0 libdrm.so.2:libdrm2 libatomic.so.1:libatomic1; do
  [[ "$present" == *"${pair%%:*}"* ]] || missing+=("${pair##*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null; then
    echo "These libraries are missing: ${missing[*]}. Install them with your system's package manager and run this again." >&2
    exit 1
  fi
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
fi

exec dotnet run --project src/MaskDashboard -- "$@"
