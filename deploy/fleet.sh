#!/usr/bin/env bash
# The whole fleet as plain processes on loopback: redis-server, two workers, two gateways, and nginx in front of them where it is installed.
#   deploy/fleet.sh [--scripted] [--port 5080] [--no-build]
# --scripted also starts the scripted model of the tests. Further settings come from the environment, such as Model__Endpoint. Ctrl-C stops everything.
set -euo pipefail
cd "$(dirname "$0")/.."
port=5080 scripted='' build=yes configuration=${CONFIGURATION:-Release}
while [ $# -gt 0 ]; do
  case $1 in
    --port) port=$2; shift 2 ;;
    --scripted) scripted=yes; shift ;;
    --no-build) build=''; shift ;;
    *) sed -n 2,4p "$0" >&2; exit 2 ;;
  esac
done
command -v redis-server >/dev/null || { echo "redis-server is missing: apt-get install redis-server" >&2; exit 1; }
nginx=$(PATH=$PATH:/usr/sbin command -v nginx || true)

projects=(Gateway InferenceWorker ${scripted:+tests/ScriptedModel})
if [ -n "$build" ]; then
  for project in "${projects[@]}"; do dotnet build "$project" -c "$configuration" -v quiet -clp:NoSummary; done
fi

run=$(mktemp -d)
servers=() workers=() gateways=()
# Told to stop a second time, a process that still drains stops at once.
stop() {
  [ $# -gt 0 ] || return 0
  kill -TERM "$@" 2>/dev/null || true
  for _ in $(seq 100); do
    kill -0 "$@" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -TERM "$@" 2>/dev/null || true
}
finish() {
  trap - EXIT INT TERM
  echo "Stopping"
  stop "${gateways[@]}"
  stop "${workers[@]}"
  stop "${servers[@]}"
  wait
  rm -rf "$run"
}
trap finish EXIT
trap 'exit 0' INT TERM

# start LIST NAME COMMAND...: runs it in the background, its output in a file, its process in the list.
start() {
  local -n list=$1
  "${@:3}" <&0 >"$run/$2.log" 2>&1 &
  list+=($!)
}
dotnet_app() { cd "$1/bin/$configuration/net10.0" && exec dotnet "$2.dll" "${@:3}"; }
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3 && head -1 <&3 | grep -q ' 200 ') 2>/dev/null; }
await() {
  for _ in $(seq 300); do
    answers "$2" "$3" && return
    sleep 0.1
  done
  echo "$1 did not become ready within 30 s:" >&2
  tail -20 "$run/$1.log" >&2
  exit 1
}

secret() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
export REDIS_GATEWAY_PASSWORD REDIS_WORKER_PASSWORD
REDIS_GATEWAY_PASSWORD=$(secret) REDIS_WORKER_PASSWORD=$(secret)
start servers redis deploy/k8s/redis/start.sh "port $((port + 5))" 'bind 127.0.0.1' 'save ""' "dir $run"
if [ -n "$scripted" ]; then
  start servers model dotnet_app tests/ScriptedModel Teleprompter.Tests.ScriptedModel $((port + 6))
  await model $((port + 6)) /v1/models
  export Model__Endpoint="http://127.0.0.1:$((port + 6))/v1" Model__Name=scripted
fi
for n in 1 2; do
  export ConnectionStrings__Redis="127.0.0.1:$((port + 5)),user=gateway,password=$REDIS_GATEWAY_PASSWORD"
  start gateways "gateway-$n" dotnet_app Gateway Teleprompter.Gateway --urls "http://127.0.0.1:$((port + n))"
  export ConnectionStrings__Redis="127.0.0.1:$((port + 5)),user=worker,password=$REDIS_WORKER_PASSWORD"
  start workers "worker-$n" dotnet_app InferenceWorker Teleprompter.InferenceWorker --urls "http://127.0.0.1:$((port + 2 + n))"
done
if [ -n "$nginx" ]; then
  sed -e "s/gateway-1:8080/127.0.0.1:$((port + 1))/; s/gateway-2:8080/127.0.0.1:$((port + 2))/; s/listen 5080/listen 127.0.0.1:$port/" deploy/nginx.conf >"$run/nginx.conf"
  start servers nginx "$nginx" -p "$run/" -c "$run/nginx.conf" -e stderr -g 'daemon off;'
fi
for n in 1 2; do
  await "gateway-$n" $((port + n)) /health/ready
  await "worker-$n" $((port + 2 + n)) /health/ready
done
[ -z "$nginx" ] || await nginx "$port" /health/ready

echo "Gateways   http://127.0.0.1:$((port + 1)) http://127.0.0.1:$((port + 2))"
echo "Workers    http://127.0.0.1:$((port + 3)) http://127.0.0.1:$((port + 4)) (health and metrics)"
[ -z "$scripted" ] || echo "Model      http://127.0.0.1:$((port + 6))"
echo "Logs       $run"
if [ -n "$nginx" ]; then
  echo "The fleet is ready: open http://localhost:$port"
else
  echo "The fleet is ready: open http://localhost:$((port + 1)) (nginx, which would put both behind one address, is not installed)"
fi
wait
