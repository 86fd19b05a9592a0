#!/usr/bin/env bash
# Installs what the tests need, builds, checks the format, runs every suite, and ends with one line: N passed, N failed, N skipped.
# The suites run side by side: fault tests and browsers mostly wait, and what only computes gives way to them.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Processes of tests are young and many: they start with a third less CPU where code is compiled quickly, without instrumentation, and
# mapped once.
export DOTNET_TC_QuickJit=1 DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0

fail() {
  printf 'FAILED: %s\n' "$1"
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

# Runs a command, keeps what it says until it has ended, and leaves "NAME.failed" where it failed.
run() {
  local name=$1 started=$SECONDS
  shift
  "$@" >"$results/$name.log" 2>&1 || touch "$results/$name.failed"
  printf '%s took %s s\n%s\n' "$name" $((SECONDS - started)) "$(grep -vE '^(Test run for|A total of|Results File|$)' "$results/$name.log")"
}

# Arguments: a name, the project, after how many seconds a test is taken to hang, which of its tests (nothing for all).
dotnet_suite() {
  run "$1" dotnet test "tests/$2" -c Release --no-build -v quiet ${4:+--filter "$4"} --logger "console;verbosity=minimal" --logger trx \
    --results-directory "$results/$1" -- NUnit.DefaultTimeout="$3"000
}

# Its tests find their files from where they run.
vitest() (
  cd ClientSdk/Browser && npx vitest run --reporter=default --reporter=json --outputFile.json="$results/vitest.json"
)

# They compute and keep no deadlines: the others come first.
computing_suites() {
  run Whitespace dotnet format whitespace . --folder --verify-no-changes --exclude ClientSdk/Browser/node_modules
  run Types npm --prefix ClientSdk/Browser run --silent typecheck
  run Browser vitest
  dotnet_suite Unit Unit 600
}

count_trx() {
  local trx counters
  trx=$(find "$results/$1" -name '*.trx' 2>/dev/null | head -1)
  [ -n "$trx" ] || { fail "$1 wrote no result"; return; }
  counters=$(grep -o '<Counters [^>]*>' "$trx")
  number() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
  passed=$((passed + $(number passed))) failed=$((failed + $(number failed)))
  skipped=$((skipped + $(number total) - $(number executed)))
  # With the reason beside the name: the end of a log is often all that is kept of a run.
  node -e '
    const text = (xml) => xml.replace(/&(?:#x([0-9A-F]+)|(\w+));/gi, (_, code, name) =>
      code ? String.fromCodePoint(parseInt(code, 16)) : { lt: "<", gt: ">", quot: "\"", apos: "\u0027", amp: "&" }[name]);
    const trx = require("fs").readFileSync(process.argv[2], "utf8");
    for (const [, attributes, output] of trx.matchAll(/<UnitTestResult ([^>]*outcome="Failed"[^>]*)>(.*?)<\/UnitTestResult>/gs)) {
      const message = text(output.match(/<Message>(.*?)<\/Message>/s)?.[1] ?? "").replace(/\s+/g, " ").trim();
      console.log(`FAILED: ${process.argv[1]}: ${text(attributes.match(/testName="([^"]*)"/)[1])}: ${message.slice(0, 600)}`);
    }' "$1" "$trx"
}

count_vitest() {
  local p f s
  [ -f "$results/vitest.json" ] || { fail "the browser tests wrote no result"; return; }
  read -r p f s < <(node -e '
    const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const tests = r.testResults.flatMap((file) => file.assertionResults).filter((test) => test.status === "failed").map((test) => test.fullName);
    const files = r.testResults.filter((file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed")).map((file) => file.name);
    for (const name of [...tests, ...files]) console.error(`FAILED: Browser: ${name}`);
    console.log(r.numPassedTests, tests.length + files.length, r.numPendingTests + r.numTodoTests);' "$results/vitest.json")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

finish() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

install_packages
echo "Building (the web pages too)"
# One compiler for all projects is warm after the first; it must not stay beside the tests.
UseSharedCompilation=true dotnet build Teleprompter.sln -c Release -v quiet -clp:NoSummary || { fail "the build"; finish; }
dotnet build-server shutdown --vbcscompiler >"$results/build-server.log" 2>&1

echo "Running all suites side by side"
{ dotnet_suite Integration Integration 120 'FullyQualifiedName!~Integration.Faults'; dotnet_suite EndToEnd EndToEnd 120; } &
dotnet_suite Faults Integration 180 'FullyQualifiedName~Integration.Faults' &
{ renice -n 10 "$BASHPID" >/dev/null; computing_suites; } &
wait

for check in Whitespace Types; do
  [ ! -e "$results/$check.failed" ] || fail "$check"
done
count_vitest
for suite in Unit Integration EndToEnd Faults; do
  count_trx "$suite"
done
finish
