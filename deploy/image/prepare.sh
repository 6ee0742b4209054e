#!/bin/sh
# Once before the first `docker compose up`: makes the passwords, and ./config for the image's user. What exists stays.
set -eu
cd "$(dirname "$0")/../.."

user=1000
if [ "$(id -u)" -ne 0 ] && [ "$(id -u)" -ne "$user" ]; then
  echo "prepare: ./config has to belong to user id $user, which distomon runs as. Run this with sudo." >&2
  exit 1
fi

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# The containers' users are not this one, so the files are readable; the directory keeps everybody else out.
mkdir -p secrets
chmod 700 secrets
umask 222
write() { printf '%s\n' "$2" >"secrets/$1"; }

if [ ! -e secrets/database_url ]; then
  password=$(random)
  write postgres_password "$password"
  write database_url "postgresql://distomon:$password@postgres:5432/distomon"
fi
if [ ! -e secrets/redis_url ]; then
  password=$(random)
  write redis_acl "user default on >$password ~* &* +@all"
  write redis_url "redis://:$password@redis:6379"
fi

umask 022
mkdir -p config
if [ "$(id -u)" -eq 0 ]; then chown -R "$user:$user" config; fi
