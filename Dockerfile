# The worker needs Node 24.15 or newer and nothing else: TypeScript runs as it is, without a build step.
FROM node:26-bookworm-slim

ENV NODE_ENV=production \
    KOSATSU_DATA=/var/lib/kosatsu

WORKDIR /opt/kosatsu

# Dependencies first, so that a change of the program does not install them again.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force

COPY bin ./bin
COPY src ./src
COPY config ./config

# The data folder is the only place the program writes to; it must outlive the container.
RUN install -d -m 0700 -o node -g node /var/lib/kosatsu
VOLUME /var/lib/kosatsu
USER node

# Node itself, not npm: signals must reach the worker, which finishes the post in flight before it stops.
STOPSIGNAL SIGTERM
# Whether a worker has the lease. Where console.port is set to another one, so must be this one (--health-cmd).
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:7080/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/kosatsu.js"]
CMD ["run"]
