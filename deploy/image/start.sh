#!/bin/sh
# What the image runs. No published port leads to a container's loopback, so it listens everywhere unless HOST or LISTEN
# says where.
set -eu
if [ -z "${HOST:-}${LISTEN:-}" ]; then export HOST=0.0.0.0; fi
# shellcheck disable=SC2046 -- one flag a line
exec node $(cat /app/image/server-flags.txt) /app/image/start.ts
