#!/usr/bin/env bash
# Talk for a long time while random faults strike every half minute: tests/soak.sh [TIME] [SEED]; TIME as 20m or 2h, 20m by default.
# Ends with "Passed!" when nothing broke and memory stayed flat; the same seed draws the same faults.
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1:-20m} in
  *h) minutes=$((${1%h} * 60)) ;;
  *m) minutes=${1:-20m}; minutes=${minutes%m} ;;
  *) echo "soak.sh: how long? 20m or 2h" >&2; exit 2 ;;
esac
export SOAK_MINUTES=$minutes SOAK_SEED=${2:-} DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
[ -n "${SOAK_NO_BUILD:-}" ] || dotnet build tests/Integration -v quiet -clp:NoSummary
exec dotnet test tests/Integration --no-build --filter "FullyQualifiedName~SoakRun" --logger "console;verbosity=normal"
