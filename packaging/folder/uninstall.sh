#!/bin/sh
# Removes the rig agent; leaves nothing but the data folder (/var/lib/deviceharness), where the rig file and what is beside it go too.
#   uninstall.sh                 as root
#   uninstall.sh --root <dir>    only files that install.sh --root put below a folder
set -eu
name=deviceharness

main() {
  root=''
  case "${1-}" in
    '') ;;
    --root) root=${2?--root needs a folder} ;;
    --help | -h)
      echo "uninstall.sh: removes the rig agent as root; uninstall.sh --root <dir>: only files below a folder. /var/lib/$name stays."
      exit 0
      ;;
    *)
      echo "uninstall.sh: unknown argument '$1'; allowed: --root <dir>, --help" >&2
      exit 2
      ;;
  esac
  if [ -z "$root" ]; then
    if [ "$(id -u)" -ne 0 ]; then
      echo "uninstall.sh: needs root" >&2
      exit 3
    fi
    if [ -d /run/systemd/system ]; then
      systemctl disable --quiet --now $name-agent.service || true
    fi
  fi
  # The rig file is a person's work: it is kept with the data, beside what an earlier uninstall kept.
  if [ -e "$root/etc/$name/rig-config.yaml" ]; then
    mkdir -p "$root/var/lib/$name"
    mv --backup=numbered "$root/etc/$name/rig-config.yaml" "$root/var/lib/$name/rig-config.yaml"
  fi
  # Passwords, keys, certificates and profiles that somebody put there are nowhere else.
  if [ -d "$root/etc/$name" ] && ! rmdir "$root/etc/$name" 2>/dev/null; then
    mkdir -p "$root/var/lib/$name"
    mv -T --backup=numbered "$root/etc/$name" "$root/var/lib/$name/etc"
    echo "what was beside the rig file is kept in $root/var/lib/$name/etc"
  fi
  rm -f "$root/usr/local/bin/harness" "$root/etc/udev/rules.d/61-$name.rules" "$root/etc/systemd/system/$name-agent.service"
  rm -rf "$root/opt/${name:?}"
  if [ -z "$root" ]; then
    if [ -d /run/systemd/system ]; then
      systemctl daemon-reload
    fi
    if getent passwd $name >/dev/null; then
      userdel $name
    fi
  fi
  echo "DeviceHarness is removed; its data stay in $root/var/lib/$name"
}

main "$@"
exit
