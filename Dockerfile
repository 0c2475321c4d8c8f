# Two images: `bot` (every process of Shoal) and `backup` (the same beside PostgreSQL's own pg_dump).
# Node is the version that package.json pins for the machines of developers; TypeScript runs as it is, so nothing is built.

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Optional packages are Node itself, which the image has. No package's script runs.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24.21.0-bookworm-slim AS bot
# tini is process 1: it hands signals on and buries orphans, which Node does not.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends tini \
  && rm -rf /var/lib/apt/lists/* /usr/local/lib/node_modules /opt/yarn-* \
    /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg \
  # Volumes take their owner from here.
  && install --directory --owner=1000 --group=1000 --mode=700 /data /backups \
  && install --directory --owner=1000 --group=1000 --mode=755 /metrics
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY config ./config
COPY migrations ./migrations
COPY src ./src
ENV NODE_ENV=production \
  METRICS_HOST=0.0.0.0 \
  WRITE_QUEUE_DIR=/data/write-queue \
  ADMIN_SOCKET=/run/shoal/admin.sock
# Which build it is, for the metrics; a clone does not reach the builder. Late, since it changes each time.
ARG REVISION=
ENV REVISION=$REVISION
# The code belongs to root: the bot cannot change it.
USER 1000:1000
ENTRYPOINT ["/usr/bin/tini", "--", "node"]
CMD ["src/bin/manager.ts"]
# Looks inward only: a healthy bot is not restarted because Discord or PostgreSQL is away. Readiness is `admin status`, and an alert.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9470/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# pg_dump must be of the server's version or newer, which Debian's is not.
FROM postgres:18.6-trixie AS backup
COPY --from=bot /usr/local/bin/node /usr/local/bin/node
COPY --from=bot /usr/bin/tini /usr/bin/tini
COPY --from=bot /app /app
RUN install --directory --owner=1000 --group=1000 --mode=700 /backups \
  && install --directory --owner=1000 --group=1000 --mode=755 /metrics
WORKDIR /app
# Before /usr/bin, where Debian's pg_dump is a Perl script that looks for clusters and for the user's home.
ENV NODE_ENV=production \
  PATH=/usr/lib/postgresql/18/bin:$PATH
USER 1000:1000
ENTRYPOINT ["/usr/bin/tini", "--", "node"]
CMD ["src/bin/backups.ts", "--out", "/backups"]
HEALTHCHECK NONE
