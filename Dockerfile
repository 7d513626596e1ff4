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
RUN mkdir -p /var/lib/kosatsu && chown node:node /var/lib/kosatsu
VOLUME /var/lib/kosatsu
USER node

# Node itself, not npm: signals must reach the worker, which finishes the post in flight before it stops.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "bin/kosatsu.js"]
CMD ["run"]
