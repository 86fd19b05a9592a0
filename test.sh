#!/usr/bin/env bash
# Installs what the tests need, builds, checks the format, runs every suite, and ends with one line: N passed, N failed, N skipped.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0

fail() {
  printf 'FAILED: %s\n' "$1" >&2
  failed=$((failed + 1))
}

install_packages() {
  local missing=()
  command -v redis-server >/dev/null || missing+=(redis-server)
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
  command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
  [ ${#missing[@]} -eq 0 ] && return
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  echo "Installing ${missing[*]}"
  { "${root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq "${missing[@]}"; } >"$results/apt.log" 2>&1 ||
    { tail -5 "$results/apt.log"; fail "installing ${missing[*]}"; }
}

count_vitest() {
  [ -f "$1" ] || { fail "the browser tests wrote no result"; return; }
  read -r p f s < <(node -e '
    const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const failedFiles = r.testResults.filter((t) => t.status === "failed" && t.assertionResults.every((a) => a.status !== "failed")).length;
    console.log(r.numPassedTests, r.numFailedTests + failedFiles, r.numPendingTests + r.numTodoTests);' "$1")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

count_trx() {
  local trx counters
  trx=$(find "$1" -name '*.trx' 2>/dev/null | head -1)
  [ -n "$trx" ] || { fail "$2 wrote no result"; return; }
  counters=$(grep -o '<Counters [^>]*>' "$trx")
  number() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
  passed=$((passed + $(number passed))) failed=$((failed + $(number failed)))
  skipped=$((skipped + $(number total) - $(number executed)))
}

finish() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

install_packages
echo "Building (the web pages too)"
# One compiler for all projects is warm after the first; it must not stay beside the tests.
UseSharedCompilation=true dotnet build Teleprompter.sln -v quiet -clp:NoSummary || { fail "the build"; finish; }
dotnet build-server shutdown --vbcscompiler >"$results/build-server.log" 2>&1
# The analysis of the whole solution takes a minute and a half: it gets only what the tests leave of the processors.
echo "Checking the format beside the tests"
chrt --idle 0 dotnet format Teleprompter.sln --verify-no-changes --no-restore >"$results/format.log" 2>&1 &
format=$!

echo "Running the browser tests"
(cd ClientSdk/Browser && npm run --silent typecheck) || fail "the type check of the web code"
(cd ClientSdk/Browser && npx vitest run --reporter=default --reporter=json --outputFile.json="$results/vitest.json")
count_vitest "$results/vitest.json"

for suite in Unit Integration EndToEnd; do
  echo "Running $suite"
  dotnet test "tests/$suite" --no-build -v quiet --logger "console;verbosity=minimal" --logger trx --results-directory "$results/$suite" -- NUnit.DefaultTimeout=120000
  count_trx "$results/$suite" "$suite"
done
wait "$format" || { cat "$results/format.log"; fail "dotnet format --verify-no-changes"; }
finish
