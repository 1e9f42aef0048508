#!/usr/bin/env bash
# Chromium for the browser tests, from the system's packages where we may install them; a loud word where we may not.
set -u
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser tests …"
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1
fi
if ! command -v chromium >/dev/null; then
  echo "Chromium is missing and could not be installed: the browser tests will be skipped" \
       "(with THUCHU_REQUIRE_BROWSER=1 they fail instead). Install the package 'chromium' to run them." >&2
fi
exit 0
