#!/bin/sh
# Installs Ugoda from this folder: for all users into /usr/local when run as
# root, otherwise for oneself into ~/.local. Another place: ./install.sh DIR.
# ./install.sh --remove [DIR] takes it away again. Bases are not touched.
set -eu
cd "$(dirname "$0")"
remove=
if [ "${1-}" = --remove ]; then
	remove=1
	shift
fi
if [ "$(id -u)" = 0 ]; then prefix=${1-/usr/local}; else prefix=${1-$HOME/.local}; fi
find bin share -type f | while read -r file; do
	if [ -n "$remove" ]; then
		rm -f "$prefix/$file"
	else
		mkdir -p "$prefix/$(dirname "$file")"
		cp "$file" "$prefix/$file"
	fi
done
for update in "update-desktop-database $prefix/share/applications" "update-mime-database $prefix/share/mime" "gtk-update-icon-cache -q -t -f $prefix/share/icons/hicolor"; do
	if command -v "${update%% *}" >/dev/null 2>&1; then $update 2>/dev/null || true; fi
done
if [ -n "$remove" ]; then
	echo "Ugoda is removed from $prefix."
	exit
fi
echo "Ugoda is installed in $prefix."
case ":$PATH:" in
*":$prefix/bin:"*) ;;
*) echo "To start it from a terminal put $prefix/bin on your PATH." ;;
esac
