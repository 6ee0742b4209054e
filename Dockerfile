# distomon, its page and an embedded PostgreSQL for those who bring none: docs/docker.md says how to run it.
# The same Debian below both stages, so that Node of the one runs in the other.
ARG NODE_TAG=24-trixie-slim
ARG DEBIAN_TAG=trixie-slim

FROM docker.io/library/node:${NODE_TAG} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# For a registry of your own: --secret id=npmrc,src=$HOME/.npmrc
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm ci --omit=dev --include=optional --ignore-scripts --no-audit --no-fund --no-progress --cache /tmp/npm \
    && rm -rf /tmp/npm
COPY . .
RUN node tools/run.mjs build && node deploy/image/pack.ts /out
# Node for arm64 needs a library that Debian's slim image lacks; for x64 there is none to copy.
RUN mkdir /libraries && find /usr/lib -name 'libatomic.so.1*' -exec cp --no-dereference {} /libraries/ ';'

FROM docker.io/library/debian:${DEBIAN_TAG}
# 1000 is the first person's number on most machines: a mounted ./config is then theirs and distomon's.
RUN groupadd --gid 1000 distomon \
    && useradd --uid 1000 --gid 1000 --home-dir /data --no-create-home --shell /usr/sbin/nologin distomon \
    && install --directory --owner=1000 --group=1000 --mode=0750 /data
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /libraries /usr/local/lib
COPY --from=build /out /app
# What Node misses is found out here and not at the first start.
RUN ldconfig && node --version
WORKDIR /app
ENV NODE_ENV=production DISTOMON_HOME=/data
USER 1000:1000
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 \
    CMD node /app/image/healthcheck.ts "${LISTEN:-}" "${HOST:-127.0.0.1}" "${PORT:-3000}"
ENTRYPOINT ["/bin/sh", "/app/image/start.sh"]

ARG DEBIAN_TAG
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="distomon" \
      org.opencontainers.image.description="Watches a cluster of machines through their Netdata agents: live every second, exact ten-minute rows for years." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/debian:${DEBIAN_TAG}"
