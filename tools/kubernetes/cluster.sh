#!/usr/bin/env bash
# A real single-node Kubernetes on this machine, for tests: built from Go modules and Debian packages. See README.md.
set -euo pipefail

ROOT=${HEADWATER_K8S:-${XDG_CACHE_HOME:-$HOME/.cache}/headwater-kubernetes}
BIN=$ROOT/bin STATE=$ROOT/state LOGS=$ROOT/log
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
NODE_IP=10.88.0.1 API_PORT=16443
PATH=$BIN:/usr/sbin:/sbin:$PATH

# shellcheck source=versions.sh
source "$HERE/versions.sh"
# shellcheck source=build.sh
source "$HERE/build.sh"
# shellcheck source=node.sh
source "$HERE/node.sh"

usage() {
  cat <<'T'
usage: [WITH_ARGO=1] cluster.sh COMMAND
  build    build everything (about 10 minutes the first time, nothing to do after that)
  up       start the cluster, and print the path of its kubeconfig; safe to call twice
  reset    remove what tests made: namespaces, volumes and their data
  images   load the images again, after a program was built anew
  status   what runs
  down     stop everything and remove the cluster
T
}

trouble() {
  echo "cluster.sh: $*" >&2
  exit 1
}

mkdir -p "$BIN" "$STATE" "$LOGS"
case "${1:-}" in
build | up | reset | images | status | down) "$1" ;;
help | --help | -h) usage ;;
*)
  usage >&2
  exit 2
  ;;
esac
