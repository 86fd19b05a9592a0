#!/bin/sh
# Starts redis-server with the users of users.acl. Each argument is a line of its configuration: start.sh 'port 6379' 'appendonly yes'
# The passwords are in REDIS_GATEWAY_PASSWORD and REDIS_WORKER_PASSWORD. Redis reads their SHA-256 from standard input, so that no password is in a
# file or in a list of processes.
set -eu
sha256() { printf %s "$1" | sha256sum | cut -c 1-64; }
gateway=$(sha256 "${REDIS_GATEWAY_PASSWORD:?}")
worker=$(sha256 "${REDIS_WORKER_PASSWORD:?}")
exec redis-server - <<CONFIGURATION
$(sed "s/GATEWAY_SHA256/$gateway/; s/WORKER_SHA256/$worker/" "$(dirname "$0")/users.acl")
$(printf '%s\n' "$@")
CONFIGURATION
