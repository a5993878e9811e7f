#!/usr/bin/env bash
# Fetches the programs that 'peers' measures against into a folder outside the project; nothing is installed.
#   fetch.sh FOLDER [SUITE]
# llama-bench and llama-server come as Debian packages of a suite that has them (default: forky), with the C library that they
# were built for, and run through its loader. node-llama-cpp comes from npm, without its install scripts.
# MIRROR=URI names another Debian mirror than the one this machine's apt uses.
set -euo pipefail

folder=$(realpath -m "${1:?"Name the folder to fetch into: fetch.sh FOLDER [SUITE]"}")
suite=${2:-forky}
node_llama_cpp=3.22.1
case $folder/ in "$(realpath "$(dirname "$0")/../../..")"/*) echo "'$folder' lies in the project: name a folder outside it." >&2; exit 2 ;; esac

fetch_packages() {
  local apt=$folder/apt keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  local mirror=${MIRROR:-$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1)}
  [ -n "$mirror" ] || { echo "This machine's apt names no Debian mirror: name one as MIRROR=URI." >&2; return 1; }
  rm -rf "$apt" "$folder/root"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$folder/root"
  echo "deb [signed-by=$keyring] $mirror $suite main" >"$apt/sources.list"
  cat >"$apt/apt.conf" <<CONF
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "$apt/lists";
Dir::State::Status "/dev/null";
Dir::Cache "$apt/cache";
CONF
  export APT_CONFIG=$apt/apt.conf
  apt-get update
  (cd "$apt/cache" && apt-get download llama.cpp-tools libllama0 libggml0 libc6 libgcc-s1 libstdc++6 libgomp1 libssl3t64 libzstd1 zlib1g)
  for package in "$apt"/cache/*.deb; do dpkg -x "$package" "$folder/root"; done
  unset APT_CONFIG
}

# ggml looks for its CPU variants beside the running program, which is the loader here.
link_backends() {
  find "$folder/root" -path '*/ggml/*' -name 'libggml-*.so' -exec ln -sf -t "$(dirname "$loader")" {} +
}

# A script of the program's name that runs it with the libraries beside it.
write_launcher() {
  local libraries
  libraries=$(dirname "$(find "$folder/root" -name libllama.so.0)")
  cat >"$folder/$1" <<LAUNCHER
#!/bin/sh
exec "$loader" --library-path "$libraries:$libraries/llama" "$folder/root/usr/bin/$1" "\$@"
LAUNCHER
  chmod +x "$folder/$1"
}

fetch_packages
loader=$(find "$folder/root/usr" -name 'ld-linux-*.so.*' | head -n 1)
link_backends
write_launcher llama-bench
write_launcher llama-server

mkdir -p "$folder/node"
npm install --prefix "$folder/node" --ignore-scripts --omit=optional --no-audit --no-fund \
  "node-llama-cpp@$node_llama_cpp" "@node-llama-cpp/linux-$(node -p process.arch)@$node_llama_cpp"
