#!/usr/bin/env bash
# Builds the images that need no GPU and plays a call through them, where no base image can be pulled and no container engine runs (Debian, as root).
#   deploy/try-images.sh [--keep FOLDER]
# Stand-ins take the base images' names: Debian by debootstrap, with this machine's .NET and Node.js. buildah builds (chroot isolation), runc starts
# gateway, worker and scripted model with a read-only root, as the image's user, without capabilities. Redis, the sign-in provider and the client are
# this machine's. Everything runs in a network namespace of its own. --keep leaves the images in FOLDER, which makes the next run quicker.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
say() { printf '%4d s  %s\n' $SECONDS "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }

if [ "${1:-}" != --inside ]; then
  [ "$(id -u)" -eq 0 ] || fail "run it as root: it makes root file systems and starts containers"
  keep=''
  [ "${1:-}" != --keep ] || keep=$(mkdir -p "${2:?--keep needs a folder}" && cd "$2" && pwd)
  missing=()
  for tool in buildah debootstrap runc redis-server node npm dotnet curl; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  if [ ${#missing[@]} -gt 0 ]; then
    say "Installing ${missing[*]}"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"; } >/dev/null
  fi
  work=${keep:-$(mktemp -d)}
else
  work=$2
fi
images() { buildah --root "$work/storage" --runroot "$work/runroot" "$@"; }

# base NAME FROM: makes an image. Standard input is a script that fills its root file system ($1) and settles its configuration ($2 and following).
base() {
  local container mount
  images inspect --type image "$1" >/dev/null 2>&1 && return
  say "Stand-in for $1"
  container=$(images from --pull-never "$2")
  mount=$(images mount "$container")
  "fill_${3}" "$mount" "$container"
  images umount "$container" >/dev/null
  images commit --quiet --rm "$container" "$1" >/dev/null
}
fill_debian() {
  local mirror
  mirror=$(grep -rhoE -m1 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d/ 2>/dev/null | head -1 | tr -d ' ' || true)
  debootstrap --variant=minbase --include=ca-certificates,libicu72,libssl3,libstdc++6,tzdata,zlib1g \
    bookworm "$1" "${mirror:-http://deb.debian.org/debian}" >"$work/debootstrap.log" 2>&1 || { tail -5 "$work/debootstrap.log"; fail debootstrap; }
  cp /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"
}
fill_node() {
  mkdir -p "$1/usr/local/lib/node_modules"
  cp -L "$(command -v node)" "$1/usr/local/bin/node"
  cp -a "$(dirname "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")")/npm" "$1/usr/local/lib/node_modules/"
}
dotnet_home=$(dirname "$(readlink -f "$(command -v dotnet)")")
fill_sdk() {
  cp -a "$dotnet_home" "$1/usr/share/dotnet"
  ln -s /usr/share/dotnet/dotnet "$1/usr/bin/dotnet"
  images config --env DOTNET_CLI_TELEMETRY_OPTOUT=1 --env DOTNET_NOLOGO=1 --env NUGET_CERT_REVOCATION_MODE=offline \
    --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$2"
}
fill_aspnet() {
  mkdir "$1/usr/share/dotnet"
  cp -a "$dotnet_home/dotnet" "$dotnet_home/host" "$dotnet_home/shared" "$1/usr/share/dotnet/"
  ln -s /usr/share/dotnet/dotnet "$1/usr/bin/dotnet"
  chroot "$1" useradd --uid 1654 --create-home app
  images config --env APP_UID=1654 --env DOTNET_RUNNING_IN_CONTAINER=true "$2"
}

build() {
  local nuget=${NUGET_PACKAGES:-$HOME/.nuget/packages} home=~root
  mkdir -p "$nuget"
  say "buildah bud -f deploy/$1.Containerfile -t teleprompter/$1 ."
  # The machine's ways to its package registries; a machine with its own settings needs none of it.
  local volumes=(--volume "$nuget:$home/.nuget/packages")
  [ ! -d "$HOME/.nuget/NuGet" ] || volumes+=(--volume "$HOME/.nuget/NuGet:$home/.nuget/NuGet:ro")
  [ ! -f "$HOME/.npmrc" ] || volumes+=(--volume "$HOME/.npmrc:$home/.npmrc:ro")
  images bud --isolation chroot --pull-never --layers --format docker "${volumes[@]}" -f "deploy/$1.Containerfile" -t "teleprompter/$1" . \
    >"$work/$1.build.log" 2>&1 || { tail -30 "$work/$1.build.log"; fail "the image $1 does not build"; }
}

if [ "${1:-}" != --inside ]; then
  clean() { [ -n "$keep" ] || { images rm --all >/dev/null 2>&1; images umount --all >/dev/null 2>&1; rm -rf "$work"; }; }
  trap clean EXIT
  mkdir -p "$work/storage"
  base localhost/debian scratch debian
  base node:22-bookworm-slim localhost/debian node
  base mcr.microsoft.com/dotnet/sdk:10.0 localhost/debian sdk
  base mcr.microsoft.com/dotnet/aspnet:10.0 localhost/debian aspnet
  for image in gateway worker scripted-model; do build $image; done
  for project in tests/ScriptedSignIn ClientSdk/Cli; do dotnet build $project -v quiet -clp:NoSummary; done
  unshare --net -- "$root/deploy/try-images.sh" --inside "$work"
  exit
fi

ip link set lo up
run=$(mktemp -d)
containers=() servers=()
finish() {
  trap - EXIT
  for container in "${containers[@]}"; do runc kill "$container" KILL 2>/dev/null || true; done
  [ ${#servers[@]} -eq 0 ] || kill "${servers[@]}" 2>/dev/null || true
  wait
  for container in "${containers[@]}"; do runc delete --force "$container" 2>/dev/null || true; done
  images umount --all >/dev/null 2>&1 || true
  images rm --all >/dev/null 2>&1 || true
  rm -rf "$run"
}
trap finish EXIT

# container NAME IMAGE SETTING...: starts it as compose.yaml does: read-only, no capabilities, no new privileges, the image's user and entry point.
container() {
  local name=teleprompter-$1-$$ image=$2 mount bundle=$run/$1
  mkdir "$bundle"
  mount=$(images mount "$(images from --pull-never "teleprompter/$image")")
  (cd "$bundle" && runc spec)
  images inspect --type image "teleprompter/$image" >"$bundle/image.json"
  node - "$bundle" "$mount" "${@:3}" <<'SPEC'
    const [bundle, rootfs, ...settings] = process.argv.slice(2);
    const fs = require("fs");
    const image = JSON.parse(fs.readFileSync(`${bundle}/image.json`, "utf8")).OCIv1.config;
    const spec = JSON.parse(fs.readFileSync(`${bundle}/config.json`, "utf8"));
    const user = Number(image.User);
    if (!user) throw new Error(`the image's user is '${image.User}': it must be a number that is not root's`);
    const none = { bounding: [], effective: [], permitted: [], ambient: [], inheritable: [] };
    spec.process = {
      ...spec.process, terminal: false, user: { uid: user, gid: user }, args: image.Entrypoint, cwd: image.WorkingDir,
      env: [...image.Env, ...settings], capabilities: none, noNewPrivileges: true,
    };
    spec.root = { path: rootfs, readonly: true };
    spec.mounts.push({ destination: "/cache", type: "tmpfs", source: "tmpfs", options: ["mode=0700", `uid=${user}`, "size=64m"] });
    if (!fs.existsSync(`${rootfs}/cache`)) spec.mounts.pop();
    // All of them meet on the loopback of the script's own network namespace.
    spec.linux.namespaces = spec.linux.namespaces.filter((namespace) => namespace.type !== "network");
    spec.linux.resources = { memory: { limit: 2 * 1024 ** 3 } };
    fs.writeFileSync(`${bundle}/config.json`, JSON.stringify(spec));
SPEC
  containers+=("$name")
  runc run --bundle "$bundle" "$name" </dev/null >"$run/$1.log" 2>&1 &
}
inside() { runc exec "teleprompter-$1-$$" "${@:2}"; }
await() {
  for _ in $(seq 600); do
    curl -fs -o /dev/null "$2" && return
    sleep 0.1
  done
  cat "$run/$1.log" >&2
  fail "$1 does not answer $2"
}

say "Redis, sign-in provider, scripted model, worker, gateway"
export REDIS_GATEWAY_PASSWORD=gateway-secret REDIS_WORKER_PASSWORD=worker-secret
deploy/k8s/redis/start.sh 'bind 127.0.0.1' 'save ""' "dir $run" >"$run/redis.log" 2>&1 &
servers+=($!)
dotnet tests/ScriptedSignIn/bin/Debug/net10.0/Teleprompter.Tests.ScriptedSignIn.dll 5070 >"$run/provider.log" 2>&1 &
servers+=($!)
container model scripted-model
# Gateway and worker have one network here, so that the worker's metrics need another port than the image's.
container worker worker ConnectionStrings__Redis="127.0.0.1:6379,user=worker,password=$REDIS_WORKER_PASSWORD" \
  Model__Endpoint=http://127.0.0.1:5090/v1 Model__Name=scripted Urls=http://0.0.0.0:9465 OpenTelemetry__MetricsPort=9465
container gateway gateway ConnectionStrings__Redis="127.0.0.1:6379,user=gateway,password=$REDIS_GATEWAY_PASSWORD" \
  SignIn__Authority=http://127.0.0.1:5070/ SignIn__ClientId=teleprompter-pages SignIn__Audience=teleprompter SignIn__TeamClaim=team 'AllowedHosts=*'
await provider http://127.0.0.1:5070/.well-known/openid-configuration
await model http://127.0.0.1:5090/v1/models
await worker http://127.0.0.1:9465/health/ready
await gateway http://127.0.0.1:8080/health/ready

say "Not root, read-only, without capabilities; the image's own health check"
for name in model worker gateway; do
  [ "$(inside $name id -u)" = 1654 ] || fail "$name runs as $(inside $name id -u)"
  ! inside $name touch /app/written 2>/dev/null || fail "$name can write to its root"
  inside $name grep -q '^CapBnd:.0000000000000000$' /proc/self/status || fail "$name has capabilities"
done
node - "$run/gateway/image.json" "teleprompter-gateway-$$" <<'HEALTH' || fail "the gateway's health check fails"
  const [image, container] = process.argv.slice(2);
  const check = JSON.parse(require("fs").readFileSync(image, "utf8")).Docker.config.Healthcheck.Test.slice(1);
  process.exit(require("child_process").spawnSync("runc", ["exec", container, ...check], { stdio: "inherit" }).status);
HEALTH

say "Nobody is let in without signing in; a page signs in by the code flow"
jar=$run/cookies
[ "$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8080/metrics)" = 404 ] || fail "clients see the metrics"
[ "$(curl -s -o /dev/null -w '%{http_code}' -X POST http://127.0.0.1:8080/sign-in/ticket)" = 401 ] || fail "a stranger gets a ticket"
choice=$(curl -fsL -c "$jar" -b "$jar" -H 'Accept: text/html' -H 'Sec-Fetch-Mode: navigate' http://127.0.0.1:8080/)
ann=$(grep -oE '/authorize[^"]*login_hint=ann' <<<"$choice" | sed 's/&amp;/\&/g') || fail "the page does not lead to the provider"
curl -fsL -c "$jar" -b "$jar" -o /dev/null "http://127.0.0.1:5070$ann"
[[ $(curl -fs -b "$jar" http://127.0.0.1:8080/sign-in/me) == *'Ann Rep'* ]] || fail "the page is not signed in"
[[ $(curl -fs -b "$jar" http://127.0.0.1:8080/) == *'<script'* ]] || fail "the panel is not in the image"

say "A call, signed in by an access token"
curl -fs -d grant_type=password -d client_id=teleprompter-cli -d username=ann -d password=none -d lifetime_ms=3600000 http://127.0.0.1:5070/token |
  node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).access_token' >"$run/token"
cli() { dotnet ClientSdk/Cli/bin/Debug/net10.0/teleprompter.dll "$@" --url http://127.0.0.1:8080 --token-file "$run/token"; }
cli replay ClientSdk/Browser/side-panel/public/calls/price-objection.json --speed 4 | tee "$run/replay" | tail -12
grep -qi 'model' "$run/replay" || fail "the model did not answer"
metrics=$(curl -fs http://127.0.0.1:9464/metrics)
grep -q '^teleprompter_calls_started_total' <<<"$metrics" || fail "the gateway's metrics say nothing of the call"
[ "$(redis-cli --user gateway --pass "$REDIS_GATEWAY_PASSWORD" --no-auth-warning ping)" = PONG ] || fail "Redis' user"

say "On SIGTERM worker and gateway drain and exit 0"
for name in worker gateway; do
  pid=$(runc state "teleprompter-$name-$$" | node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).pid')
  runc kill "teleprompter-$name-$$" TERM
  for _ in $(seq 400); do [ -d "/proc/$pid" ] || break; sleep 0.1; done
  [ ! -d "/proc/$pid" ] || fail "$name did not exit within 40 s"
  ! grep -E '^(fail|crit):|Unhandled' "$run/$name.log" || fail "$name logged errors"
done
say "Passed: the images build, start as deployed, and answer a signed-in call"
cat <<'UNPROVEN'
Not proven by stand-ins: the real base images' distribution (.NET's are Ubuntu 24.04), packages, users and versions; that they can be pulled; other
processors than this machine's; worker-cuda; compose's and Kubernetes' networks, volumes and secrets; seccomp and AppArmor profiles of an engine.
UNPROVEN
