# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Sourced by the scripts that prepare a machine.

# Whether people here read Vietnamese.
in_vietnamese() {
  case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}:${LANGUAGE:-} in
    vi*:* | *:vi*) return 0 ;;
    *) return 1 ;;
  esac
}

# say ENGLISH VIETNAMESE
say() {
  if in_vietnamese; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi
}

package_present() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# Prints what must stand before apt-get: nothing for root, sudo for others.
rights() {
  if [[ $(id -u) == 0 ]]; then
    return 0
  elif command -v sudo >/dev/null; then
    echo sudo
  else
    return 1
  fi
}

# need_packages PACKAGE...: installs those that are not there yet.
need_packages() {
  local package as_root missing=()
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "No apt here, so nothing was installed. Needed are what Debian calls: $*" \
      "Máy này không có apt nên chưa cài gì. Cần có các gói (tên theo Debian): $*" >&2
    return 0
  fi
  for package in "$@"; do
    package_present "$package" || missing+=("$package")
  done
  ((${#missing[@]} > 0)) || return 0

  if ! as_root=$(rights); then
    say "These packages are missing and this account may not install them (no sudo). As root, run: \
apt-get install --no-install-recommends ${missing[*]}" \
      "Thiếu các gói sau mà tài khoản này không cài được (không có sudo). Hãy chạy với quyền root: \
apt-get install --no-install-recommends ${missing[*]}" >&2
    return 1
  fi
  say "Installing: ${missing[*]}" "Đang cài: ${missing[*]}"
  apt_quietly "$as_root" update && apt_quietly "$as_root" install -y --no-install-recommends "${missing[@]}"
}

# apt_quietly SUDO ARGUMENT...: shows what apt says only when it fails.
apt_quietly() {
  local as_root=$1 output
  shift
  if ! output=$(${as_root:+"$as_root"} env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" 2>&1 </dev/null); then
    printf '%s\n' "$output" >&2
    return 1
  fi
}

# What it takes to build the programs.
# shellcheck disable=SC2034 # for those who source this
build_packages=(gcc libc6-dev make pkg-config gettext libutf8proc-dev libjansson-dev libzbar-dev
  libjpeg-dev libpng-dev libtiff-dev libwebp-dev libheif-dev libpoppler-glib-dev libpcsclite-dev
  libqrencode-dev libssl-dev)

# What tests/tools/make_chip.py and tests/lib/pcscd.py take to lay an invented card on a reader that
# is none.
# shellcheck disable=SC2034
card_packages=(openssl pcscd python3 util-linux vsmartcard-vpcd)
