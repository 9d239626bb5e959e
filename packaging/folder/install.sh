#!/bin/sh
# Installs the rig agent from the folder that this file is in. Run it again to upgrade: twice is the same as once.
#   install.sh                 as root: programs, account, device rules, service; started when /etc/deviceharness/rig-config.yaml is yours
#   install.sh --root <dir>    only the files, below a folder, by anybody (for packages and images)
#   install.sh --finish        only the account, the data folder and the service (after a package put the files there)
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
version=$(cat "$here/VERSION")
name=deviceharness
root='' finish=0

usage() { sed -n '2,5s/^# \{0,1\}//p' "$here/install.sh"; }

fail() {
  echo "install.sh: $1" >&2
  exit "${2:-3}"
}

while [ $# -gt 0 ]; do
  case "$1" in
    --root)
      [ $# -ge 2 ] || fail "--root needs a folder" 2
      root=$2
      shift
      ;;
    --finish) finish=1 ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail "unknown argument '$1'; allowed: --root <dir>, --finish, --help" 2 ;;
  esac
  shift
done

check_machine() {
  [ "$(uname -s)" = Linux ] || fail "runs on Linux only; this is $(uname -s)"
  case "$(uname -m)" in
    x86_64 | aarch64) ;;
    *) fail "runs on x64 and arm64 only; this is $(uname -m)" ;;
  esac
  [ "$(id -u)" -eq 0 ] || fail "needs root: it makes an account and a service; without root run $here/harness agent from this folder, or stage the files with --root <dir>"
  if ! "$here/harness" --version >/dev/null 2>&1; then
    "$here/harness" --version >&2 || true
    fail "the harness does not start here (above); install the ASP.NET Core 10 runtime (package aspnetcore-runtime-10.0) and run this again"
  fi
}

put_files() {
  opt=$root/opt/$name
  mkdir -p "$opt" "$root/usr/local/bin" "$root/etc/$name" "$root/etc/udev/rules.d" "$root/etc/systemd/system"
  if [ "$(readlink -f "$opt/$version" || true)" != "$here" ]; then
    # Beside, then in one move: an interrupted copy is never run.
    rm -rf "$opt/.new"
    cp -a "$here" "$opt/.new"
    chmod -R go+rX,go-w "$opt/.new"
    rm -rf "${opt:?}/$version.old"
    [ ! -e "$opt/$version" ] || mv -T "$opt/$version" "$opt/$version.old"
    mv -T "$opt/.new" "$opt/$version"
    rm -rf "${opt:?}/$version.old"
  fi
  before=$(readlink "$opt/current" || true)
  ln -sfn "$version" "$opt/current.new"
  mv -T "$opt/current.new" "$opt/current"
  if [ "$before" != "$version" ]; then
    # The version before this one stays, to go back to; older ones go.
    for release in "$opt"/*/; do
      release=$(basename "$release")
      [ "$release" = "$version" ] || [ "$release" = "$before" ] || [ "$release" = current ] || rm -rf "${opt:?}/$release"
    done
  fi
  ln -sfn "/opt/$name/current/harness" "$root/usr/local/bin/harness"
  cp "$here/udev/61-$name.rules" "$root/etc/udev/rules.d/"
  cp "$here/systemd/$name-agent.service" "$root/etc/systemd/system/"
  chmod 644 "$root/etc/udev/rules.d/61-$name.rules" "$root/etc/systemd/system/$name-agent.service"
  if [ ! -e "$root/etc/$name/rig-config.yaml" ]; then
    cp "$here/rig-config.example.yaml" "$root/etc/$name/rig-config.yaml"
    chmod 644 "$root/etc/$name/rig-config.yaml"
  fi
}

finish() {
  if ! getent passwd $name >/dev/null; then
    useradd --system --user-group --home-dir /var/lib/$name --no-create-home --shell /usr/sbin/nologin $name
  fi
  for group in dialout gpio i2c plugdev; do
    if getent group $group >/dev/null; then
      usermod --append --groups $group $name
    fi
  done
  install -d -o $name -g $name -m 700 /var/lib/$name
  # What root made there before the account was (a first look by hand) the service could not open.
  find /var/lib/$name -xdev ! -user $name \( -type d -o -links 1 \) -exec chown -h $name:$name {} +
  if command -v udevadm >/dev/null && [ -d /run/udev ]; then
    udevadm control --reload
    udevadm trigger --subsystem-match=tty --subsystem-match=usb-serial --subsystem-match=gpio
  fi
  if [ ! -d /run/systemd/system ]; then
    echo "systemd does not run here: start the agent by hand: runuser -u $name -- /usr/local/bin/harness agent --rig-config /etc/$name/rig-config.yaml --data /var/lib/$name"
    return
  fi
  systemctl daemon-reload
  systemctl enable --quiet $name-agent.service
  if cmp -s "$here/rig-config.example.yaml" /etc/$name/rig-config.yaml; then
    echo "next: describe the rig in /etc/$name/rig-config.yaml, then: systemctl restart $name-agent"
  else
    systemctl restart $name-agent.service
    echo "the agent runs: systemctl status $name-agent; journalctl -u $name-agent"
  fi
}

if [ -n "$root" ]; then
  mkdir -p "$root"
  root=$(cd "$root" && pwd -P)
  put_files
  exit 0
fi
check_machine
[ $finish -eq 1 ] || put_files
finish
echo "DeviceHarness $version is installed"
