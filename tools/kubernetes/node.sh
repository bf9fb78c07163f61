# Starts and stops the parts of the node. Each writes its log below log/ and its process id below state/.
export KUBECONFIG=$STATE/kubeconfig
SOCKET=$STATE/containerd.sock
VOLUMES=40

containers() { ctr -a "$SOCKET" -n k8s.io "$@"; }

up() {
  [ "$(id -u)" = 0 ] || trouble "the cluster mounts and makes networks: run it as root"
  have kubelet && have coredns && have nats-server && have pause || trouble "nothing is built: run 'cluster.sh build' first"
  network
  runtime
  images
  control_plane
  node
  volumes
  wait_for "the node" 120 node_ready
  echo "$KUBECONFIG"
}

# NAME COMMAND…: started once.
start() {
  local name=$1
  shift
  if [ -f "$STATE/$name.pid" ] && kill -0 "$(cat "$STATE/$name.pid")" 2>/dev/null; then return; fi
  nohup "$@" >"$LOGS/$name" 2>&1 </dev/null &
  echo $! >"$STATE/$name.pid"
}

# WHAT TRIES COMMAND…: twice a second.
wait_for() {
  local what=$1 tries=$2
  shift 2
  for _ in $(seq "$tries"); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.5
  done
  trouble "$what did not come up; see $LOGS"
}

network() {
  sysctl -qw net.ipv4.ip_forward=1
  if ! ip link show hw0 >/dev/null 2>&1; then
    ip link add hw0 type bridge
    ip addr add $NODE_IP/16 dev hw0
    ip link set hw0 up
  fi
  mkdir -p "$STATE/cni"
  cat >"$STATE/cni/10-headwater.conflist" <<J
{"cniVersion": "0.4.0", "name": "headwater", "plugins": [
  {"type": "bridge", "bridge": "hw0", "isGateway": true, "ipMasq": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$STATE/ipam", "ranges": [[{"subnet": "10.88.0.0/16", "gateway": "$NODE_IP"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}
]}
J
}

runtime() {
  cat >"$STATE/containerd.toml" <<T
version = 2
root = "$STATE/containerd"
state = "$STATE/containerd-run"
[grpc]
  address = "$SOCKET"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "headwater.local/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$STATE/cni"
T
  start containerd containerd -c "$STATE/containerd.toml"
  wait_for containerd 60 containers version
}

# An image is loaded again when one of its programs is newer than what was loaded.
images() {
  local wanted name programs stamp loaded
  mkdir -p "$STATE/images"
  loaded=$(containers images ls -q)
  while read -r wanted; do
    name=${wanted%%=*} programs=${wanted#*=} stamp=$STATE/images/${wanted//[\/:=,]/_}
    if [ -f "$stamp" ] && grep -q "$name" <<<"$loaded" && ! newer_than "$stamp" "$programs"; then continue; fi
    python3 "$HERE/image.py" "$wanted" "$BIN" | containers images import - >>"$LOGS/images" 2>&1 ||
      trouble "the image $name cannot be loaded; see $LOGS/images"
    touch "$stamp"
  done < <(images_wanted)
}

# STAMP PROGRAMS
newer_than() {
  local program
  for program in ${2//,/ }; do
    [ "$program" != sh ] || continue
    case $program in */*) ;; *) program=$BIN/$program ;; esac
    [ ! "$program" -nt "$1" ] || return 0
  done
  return 1
}

control_plane() {
  [ -f "$STATE/sa.key" ] || openssl genrsa -out "$STATE/sa.key" 2048 2>/dev/null
  if [ ! -f "$STATE/token" ]; then
    (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '+/=' >"$STATE/token")
  fi
  # Nobody has its key: webhooks ask for an authority that vouches for the API server's other front doors.
  [ -f "$STATE/front-proxy.crt" ] || openssl req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -subj /CN=front-proxy \
    -days 3650 -out "$STATE/front-proxy.crt" 2>/dev/null
  (umask 077 && echo "$(cat "$STATE/token"),admin,admin,\"system:masters\"" >"$STATE/tokens.csv")
  start etcd etcd --data-dir "$STATE/etcd" --unsafe-no-fsync \
    --listen-client-urls http://127.0.0.1:23790 --advertise-client-urls http://127.0.0.1:23790 \
    --listen-peer-urls http://127.0.0.1:23800 --initial-advertise-peer-urls http://127.0.0.1:23800 \
    --initial-cluster default=http://127.0.0.1:23800
  start apiserver kube-apiserver --etcd-servers=http://127.0.0.1:23790 --cert-dir "$STATE/certs" \
    --secure-port $API_PORT --bind-address 0.0.0.0 --advertise-address $NODE_IP \
    --service-cluster-ip-range=10.96.0.0/16 --allow-privileged=true \
    --authorization-mode=Node,RBAC --token-auth-file="$STATE/tokens.csv" \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$STATE/sa.key" \
    --service-account-signing-key-file="$STATE/sa.key" --requestheader-client-ca-file="$STATE/front-proxy.crt" \
    --requestheader-allowed-names=front-proxy --requestheader-username-headers=X-Remote-User \
    --requestheader-group-headers=X-Remote-Group --requestheader-extra-headers-prefix=X-Remote-Extra- --kubelet-preferred-address-types=InternalIP
  wait_for "the API server's certificate" 60 test -s "$STATE/certs/apiserver.crt"
  (umask 077 && kubeconfig >"$KUBECONFIG")
  wait_for "the API server" 240 kubectl get --raw /readyz
  start controller-manager kube-controller-manager --kubeconfig="$KUBECONFIG" \
    --service-account-private-key-file="$STATE/sa.key" --root-ca-file="$STATE/certs/apiserver.crt" \
    --leader-elect=false --controllers='*,-node-ipam-controller' --secure-port 20257
  start scheduler kube-scheduler --kubeconfig="$KUBECONFIG" --leader-elect=false --secure-port 20259
}

kubeconfig() {
  cat <<K
apiVersion: v1
kind: Config
clusters: [{name: headwater, cluster: {server: "https://$NODE_IP:$API_PORT", certificate-authority: "$STATE/certs/apiserver.crt"}}]
users: [{name: admin, user: {token: "$(cat "$STATE/token")"}}]
contexts: [{name: headwater, context: {cluster: headwater, user: admin}}]
current-context: headwater
K
}

node() {
  cat >"$STATE/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
failSwapOn: false
cgroupDriver: cgroupfs
containerRuntimeEndpoint: unix://$SOCKET
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
address: $NODE_IP
clusterDNS: [$NODE_IP]
clusterDomain: cluster.local
resolvConf: ""
enforceNodeAllocatable: []
evictionHard: {memory.available: "100Mi", nodefs.available: "1%", imagefs.available: "1%"}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
localStorageCapacityIsolation: false
Y
  start kubelet kubelet --config="$STATE/kubelet.yaml" --kubeconfig="$KUBECONFIG" --hostname-override=node1 \
    --node-ip=$NODE_IP --root-dir="$STATE/kubelet" --cert-dir="$STATE/kubelet-certs"
  start kube-proxy kube-proxy --kubeconfig="$KUBECONFIG" --proxy-mode=iptables --hostname-override=node1 \
    --conntrack-max-per-core=0 --healthz-bind-address=127.0.0.1:20256 --metrics-bind-address=127.0.0.1:20249
  cat >"$STATE/Corefile" <<C
.:53 {
  errors
  cache 5
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $KUBECONFIG
    pods insecure
  }
  template ANY ANY {
    rcode NXDOMAIN
  }
}
C
  start coredns coredns -conf "$STATE/Corefile"
}

node_ready() {
  kubectl get node node1 -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}' | grep -q True
}

volumes() {
  local i
  {
    echo '{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}, provisioner: kubernetes.io/no-provisioner, volumeBindingMode: WaitForFirstConsumer, allowVolumeExpansion: true}'
    for i in $(seq 0 $((VOLUMES - 1))); do
      mkdir -p "$STATE/volumes/$i"
      chmod 777 "$STATE/volumes/$i"
      echo "---"
      echo "{apiVersion: v1, kind: PersistentVolume, metadata: {name: volume-$i}, spec: {capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce], persistentVolumeReclaimPolicy: Retain, storageClassName: standard, hostPath: {path: $STATE/volumes/$i}}}"
    done
  } | kubectl apply -f - >/dev/null
}

# Objects whose controller is gone would keep their namespace: nobody takes their finalizers off.
release() {
  local kind namespace name
  kubectl delete deployments -A --all --wait=true --timeout=60s >/dev/null
  kubectl delete validatingwebhookconfigurations --all >/dev/null
  for kind in $(kubectl get customresourcedefinitions -o jsonpath='{.items[*].metadata.name}'); do
    # Some definitions serve no version any more.
    { kubectl get "$kind" -A --no-headers -o custom-columns=:.metadata.namespace,:.metadata.name 2>/dev/null || true; } | while read -r namespace name; do
      kubectl patch "$kind" "$name" -n "$namespace" --type=merge -p '{"metadata":{"finalizers":null}}' >/dev/null
    done
  done
}

reset() {
  release
  { kubectl get namespaces -o name | grep -vE '/(default|kube-.*)$' || true; } | xargs -r kubectl delete --wait=true --timeout=120s
  kubectl delete persistentvolume --all --wait=true --timeout=60s >/dev/null
  rm -rf "$STATE/volumes"
  volumes
}

status() {
  local part
  for part in etcd apiserver controller-manager scheduler containerd kubelet kube-proxy coredns; do
    if [ -f "$STATE/$part.pid" ] && kill -0 "$(cat "$STATE/$part.pid")" 2>/dev/null; then echo "$part runs"; else echo "$part does not run"; fi
  done
  [ ! -f "$KUBECONFIG" ] || kubectl get nodes,pods -A
}

# NAME: ends the program started under that name, and waits until it is gone.
stop() {
  local pid
  [ -f "$STATE/$1.pid" ] || return 0
  pid=$(cat "$STATE/$1.pid")
  rm -f "$STATE/$1.pid"
  kill "$pid" 2>/dev/null || return 0
  for _ in $(seq 25); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.2
  done
  kill -9 "$pid" 2>/dev/null || true
}

down() {
  local part
  for part in kubelet kube-proxy scheduler controller-manager coredns; do stop $part; done
  if [ -S "$SOCKET" ]; then
    containers tasks ls -q 2>/dev/null | xargs -r -n1 -P8 timeout 10 ctr -a "$SOCKET" -n k8s.io tasks kill -s 9 -a >/dev/null 2>&1 || true
  fi
  for part in apiserver etcd containerd; do stop $part; done
  shims
  awk -v s="$STATE/" 'index($2, s) == 1 {print $2}' /proc/mounts | sort -r | while read -r mount; do umount -l "$mount" 2>/dev/null || true; done
  ip link del hw0 2>/dev/null || true
  rm -rf "$STATE" || {
    sleep 2
    rm -rf "$STATE"
  }
}

# The shims of this containerd are the processes that carry its socket's path on their command line.
shims() {
  local line pid
  for line in /proc/[0-9]*/cmdline; do
    tr '\0' ' ' <"$line" 2>/dev/null | grep -q -- "containerd-shim.*-address $SOCKET" || continue
    pid=${line#/proc/}
    kill -9 "${pid%%/*}" 2>/dev/null || true
  done
}
