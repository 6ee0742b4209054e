#!/bin/sh
# What the image runs. Where HOST or LISTEN says where to listen, it listens there and nowhere else.
set -eu
door=${PORT:-3000}
if [ -n "${HOST:-}${LISTEN:-}" ]; then door=none; fi
exec node --max-semi-space-size=16 --no-parallel-scavenge --disable-sigusr1 /app/image/start.ts "$door"
