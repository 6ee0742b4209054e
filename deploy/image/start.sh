#!/bin/sh
# What the image runs. Where HOST or LISTEN says where to listen, it listens there and nowhere else.
set -eu
door=${PORT:-3000}
if [ -n "${HOST:-}${LISTEN:-}" ]; then door=none; fi
# shellcheck disable=SC2046 -- one flag a line
exec node $(cat /app/image/server-flags.txt) /app/image/start.ts "$door"
