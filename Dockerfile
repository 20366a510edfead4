# The image is one folder: what `npm run build` puts together, and nothing it was made from.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
WORKDIR /gatehouse
COPY --from=build /build/.next/standalone ./
RUN mkdir /data && chown node:node /data
USER node
# NODE_ENV is for the libraries; whether this is production is decided by APP_URL (README).
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "lib/cli/healthy.mjs"]
STOPSIGNAL SIGTERM
CMD ["node", "lib/cli/start.mjs"]
