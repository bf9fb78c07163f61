# The headwater command as an image:
#   npm run build && npm pack
#   docker build --tag headwater .
# The package is the same as the one on the registry; nothing else of this folder gets into the image.
FROM node:24-alpine AS package
WORKDIR /package
COPY headwater-*.tgz ./headwater.tgz
# Its dependencies only: the engine and its SDKs are optional peers that the command does not load.
RUN npm init --yes >/dev/null \
 && npm install --omit=dev --omit=peer --no-audit --no-fund --ignore-scripts ./headwater.tgz \
 && rm headwater.tgz

FROM node:24-alpine
LABEL org.opencontainers.image.title="headwater" \
      org.opencontainers.image.description="JetStream as code: applies topologies to NATS." \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production
COPY --from=package /package/node_modules /opt/headwater/node_modules
RUN ln -s /opt/headwater/node_modules/.bin/headwater /usr/local/bin/headwater
# A number, so that Kubernetes sees that it is not root. The Job of headwater render runs as the same one.
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["headwater"]
CMD ["--help"]
