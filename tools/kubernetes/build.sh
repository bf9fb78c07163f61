# Builds the programs of the cluster. Each has a throw-away module that only pins and builds it: their needs contradict.
PACKAGES="containerd runc containernetworking-plugins iptables conntrack busybox-static gcc libc6-dev iproute2 kmod"
BUILD_LOG=$LOGS/build
export CGO_ENABLED=0

have() { [ -x "$BIN/$1" ]; }

build() {
  command -v go >/dev/null || trouble "Go is needed to build the cluster; install it"
  packages
  kubernetes
  program etcd "$ETCD" go.etcd.io/etcd/server/v3 go.etcd.io/etcd/server/v3 etcd
  dns
  nats_server
  program natscli "$NATS_CLI" github.com/nats-io/natscli github.com/nats-io/natscli/nats nats
  program exporter "$EXPORTER" github.com/nats-io/prometheus-nats-exporter github.com/nats-io/prometheus-nats-exporter prometheus-nats-exporter
  program nack "$NACK" github.com/nats-io/nack github.com/nats-io/nack/cmd/jetstream-controller jetstream-controller
  program nack "$NACK" github.com/nats-io/nack github.com/nats-io/nack/cmd/nats-server-config-reloader nats-server-config-reloader
  program helm "$HELM" helm.sh/helm/v3 helm.sh/helm/v3/cmd/helm helm
  [ -z "${WITH_ARGO:-}" ] || argo
  pause
  echo "built in $BIN"
}

# Its event buses run a server of their own version.
argo() {
  program argo "$ARGO" github.com/argoproj/argo-events github.com/argoproj/argo-events/cmd argo-events
  mkdir -p "$BIN/$ARGO_NATS"
  program argo-nats "$ARGO_NATS" github.com/nats-io/nats-server/v2 github.com/nats-io/nats-server/v2 "$ARGO_NATS/nats-server"
}

packages() {
  local missing=
  command -v containerd >/dev/null && command -v runc >/dev/null && command -v conntrack >/dev/null || missing=1
  [ -x /bin/busybox ] && [ -d /usr/lib/cni ] || missing=1
  [ -n "$missing" ] || return 0
  echo "installing $PACKAGES"
  # shellcheck disable=SC2086
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $PACKAGES; } >>"$BUILD_LOG" 2>&1 ||
    trouble "the packages cannot be installed; see $BUILD_LOG"
}

# MODULE VERSION: a module that needs it, with the imports given on standard input and the lines after them in go.mod.
module() {
  local name=$1
  shift
  mkdir -p "$ROOT/modules/$name"
  cd "$ROOT/modules/$name"
  { printf 'module tools/%s\n\ngo 1.26.0\n\n' "$name" && printf '%s\n' "$@"; } >go.mod
  { printf '//go:build tools\n\npackage tools\n\nimport (\n' && sed 's/.*/\t_ "&"/' && printf ')\n'; } >tools.go
  rm -f go.sum
  go mod tidy >>"$BUILD_LOG" 2>&1 || trouble "the module of $name cannot be resolved; see $BUILD_LOG"
}

# MODULE OUTPUT PACKAGE [FLAGS…]
compile() {
  local name=$1 output=$2 package=$3
  shift 3
  have "$output" && return
  echo "building $output"
  # A file of a build that was stopped must not be taken for a program.
  (cd "$ROOT/modules/$name" && go build -buildvcs=false -trimpath "$@" -o "$BIN/$output.new" "$package") >>"$BUILD_LOG" 2>&1 ||
    trouble "$output cannot be built; see $BUILD_LOG"
  mv "$BIN/$output.new" "$BIN/$output"
}

# NAME VERSION MODULE PACKAGE OUTPUT
program() {
  have "$5" && return
  echo "$4" | module "$1" "require $3 v$2"
  compile "$1" "$5" "$4" -ldflags "-s -w"
}

kubernetes() {
  local commands="kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet kubectl" missing= flags="-s -w"
  for c in $commands; do have "$c" || missing=1; done
  [ -n "$missing" ] || return 0
  local description
  description=$(cd "$ROOT" && GOFLAGS=-mod=mod go mod download -json "k8s.io/kubernetes@v$KUBERNETES" | sed -n 's/.*"GoMod": "\(.*\)",/\1/p')
  # The repository replaces its own parts by folders; as a module they come in their own versions.
  local replacements
  mapfile -t replacements < <(grep -oE 'k8s\.io/[A-Za-z0-9/_-]+ => \./staging' "$description" | awk -v v="v0.${KUBERNETES#1.}" '{print "replace "$1" => "$1" "v}')
  # shellcheck disable=SC2086
  printf 'k8s.io/kubernetes/cmd/%s\n' $commands | module kubernetes "require k8s.io/kubernetes v$KUBERNETES" "${replacements[@]}"
  for p in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    flags+=" -X $p.gitVersion=v$KUBERNETES -X $p.gitMajor=1 -X $p.gitMinor=$(cut -d. -f2 <<<"$KUBERNETES")"
  done
  for c in $commands; do compile kubernetes "$c" "k8s.io/kubernetes/cmd/$c" -ldflags "$flags"; done
}

dns() {
  have coredns && return
  mkdir -p "$ROOT/modules/coredns"
  cd "$ROOT/modules/coredns"
  printf 'module tools/coredns\n\ngo 1.26.0\n\nrequire github.com/coredns/coredns v%s\n' "$COREDNS" >go.mod
  cp "$HERE/coredns.go.txt" main.go
  go mod tidy >>"$BUILD_LOG" 2>&1 || trouble "the module of coredns cannot be resolved; see $BUILD_LOG"
  compile coredns coredns . -ldflags "-s -w"
}

# The version may differ from run to run: the one that is there has to be asked.
nats_server() {
  have nats-server && "$BIN/nats-server" --version | grep -q "v$NATS_SERVER\$" && return
  rm -f "$BIN/nats-server"
  program nats-server "$NATS_SERVER" github.com/nats-io/nats-server/v2 github.com/nats-io/nats-server/v2 nats-server
}

# What holds a pod's namespaces.
pause() {
  have pause && return
  gcc -static -Os -x c -o "$BIN/pause" - <<'C'
#include <signal.h>
#include <unistd.h>
static void bye(int signal) { _exit(0); }
int main(void) {
  signal(SIGTERM, bye);
  signal(SIGINT, bye);
  for (;;) pause();
}
C
}
