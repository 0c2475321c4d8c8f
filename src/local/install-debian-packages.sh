#!/bin/sh
# usage, as root: sh install-debian-packages.sh <package>...
# Installs Debian or Ubuntu packages for their programs alone: no service of theirs is started, now or at the next boot.
# The last lines of apt-get's output say what went wrong; the exit code is apt-get's.
set -eu

# Appended, so that a caller's choice of apt-get rules; sudo and cron leave out the sbin folders.
PATH="${PATH:-}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
export PATH DEBIAN_FRONTEND=noninteractive

# One such run at a time (two demos started together); the lock is this very file, so none is left behind.
exec 9<"$0"
flock 9

# Maintainer scripts ask policy-rc.d before they start a service. Ours says no (101) only to the installation that
# carries this variable; for any other it asks the policy that was there before. So it harms nobody, even when this
# script is killed before it can clean up.
export SHOAL_START_NO_SERVICE=1
policy=/usr/sbin/policy-rc.d
before="$policy.before-shoal"

restore_policy() {
  rm -f "$policy.shoal"
  if [ -e "$before" ]; then
    mv -f "$before" "$policy"
  elif grep -q SHOAL_START_NO_SERVICE "$policy" 2>/dev/null; then
    rm -f "$policy"
  fi
}

refuse_services() {
  restore_policy # an earlier run may have been killed
  cat >"$policy.shoal" <<POLICY
#!/bin/sh
[ -n "\${SHOAL_START_NO_SERVICE:-}" ] && exit 101
[ -x $before ] && exec $before "\$@"
exit 0
POLICY
  chmod 755 "$policy.shoal"
  if [ -e "$policy" ]; then mv -f "$policy" "$before"; fi
  mv -f "$policy.shoal" "$policy"
}

installed_packages() {
  dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort
}

# The lists of a fresh machine are empty and those of an old one name files that are gone: update only then.
# Another apt may hold the lock (unattended upgrades): wait up to two minutes.
install_packages() {
  for attempt in first second; do
    apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" </dev/null && return
    [ "$attempt" = second ] && return 100
    apt-get update -o DPkg::Lock::Timeout=120 </dev/null || return
  done
}

# policy-rc.d prevents only the start of today: the packages enable their units and init scripts all the same.
# --root: links in /etc are all that counts, whether systemd runs here (a container) or not. A unit that was disabled
# so stays disabled when the package is upgraded.
disable_services() {
  for package in "$@"; do
    dpkg-query --listfiles "$package" | sed -n 's|^/etc/init\.d/\([^/]*\)$|\1|p' | while read -r script; do
      update-rc.d "$script" disable || true
    done
    dpkg-query --listfiles "$package" | sed -n 's|.*/systemd/system/\([^/@]*\.[a-z]*\)$|\1|p' | while read -r unit; do
      systemctl --root=/ disable "$unit" || true
    done
  done
  if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
}

trap restore_policy EXIT
trap 'exit 130' INT TERM HUP
known=$(installed_packages)
refuse_services
install_packages "$@"
# Only what this run brought: a service that the machine already had stays as its owner wants it.
new=$(installed_packages | while read -r package; do
  printf '%s\n' "$known" | grep -qxF "$package" || echo "$package"
done)
# shellcheck disable=SC2086 # package names, one word each
[ -z "$new" ] || disable_services $new
