# What is built, in versions that were tried together.
KUBERNETES=1.36.1
ETCD=3.6.14
COREDNS=1.12.4
NATS_SERVER=${NATS_SERVER:-2.15.1}
NATS_CLI=0.4.0
NACK=0.22.4
EXPORTER=0.20.1
HELM=3.21.4
ARGO=1.9.10
ARGO_NATS=2.10.29

# Images by the names manifests ask for, and the programs inside; the first one is started. `sh` is a busybox.
# EXTRA_IMAGES="NAME:TAG=PROGRAM[,PROGRAM…] …" adds some; a program is a name below bin/ or an absolute path.
images_wanted() {
  printf '%s\n' \
    "headwater.local/pause:1=pause" \
    "nats:2.14.2-alpine=nats-server" \
    "nats:$NATS_SERVER-alpine=nats-server" \
    "natsio/nats-server-config-reloader:0.23.0=nats-server-config-reloader" \
    "natsio/prometheus-nats-exporter:$EXPORTER=prometheus-nats-exporter" \
    "natsio/nats-box:0.19.7=sh,nats" \
    "natsio/jetstream-controller:$NACK=jetstream-controller"
  if [ -x "$BIN/argo-events" ]; then
    printf '%s\n' \
      "headwater.local/argo-events:v$ARGO=argo-events" \
      "nats:$ARGO_NATS=$BIN/$ARGO_NATS/nats-server" \
      "natsio/prometheus-nats-exporter:0.14.0=prometheus-nats-exporter" \
      "natsio/nats-server-config-reloader:0.14.0=nats-server-config-reloader"
  fi
  # shellcheck disable=SC2086
  [ -z "${EXTRA_IMAGES:-}" ] || printf '%s\n' $EXTRA_IMAGES
}
