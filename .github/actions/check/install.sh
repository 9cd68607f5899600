#!/usr/bin/env bash
# Puts the binary of a release on the PATH of later steps, after its checksum
# was compared. CATALOG_REPOSITORY has the releases; CATALOG_VERSION names one,
# else CATALOG_REF does when it is a version, else the latest counts.
set -euo pipefail

repository=${CATALOG_REPOSITORY:?which repository has the releases?}
version=${CATALOG_VERSION:-}
if [ -z "$version" ] && [[ ${CATALOG_REF:-} =~ ^v[0-9]+\.[0-9]+\.[0-9]+ ]]; then
    version=$CATALOG_REF
fi
if [ -z "$version" ]; then
    version=$(gh release view --repo "$repository" --json tagName --jq .tagName)
fi

case "$RUNNER_OS-$RUNNER_ARCH" in
    Linux-X64) target=x86_64-unknown-linux-musl ending=tar.gz ;;
    Linux-ARM64) target=aarch64-unknown-linux-musl ending=tar.gz ;;
    macOS-X64) target=x86_64-apple-darwin ending=tar.gz ;;
    macOS-ARM64) target=aarch64-apple-darwin ending=tar.gz ;;
    Windows-X64) target=x86_64-pc-windows-msvc ending=zip ;;
    *)
        echo "::error title=catalog::there is no release for $RUNNER_OS on $RUNNER_ARCH"
        exit 2
        ;;
esac

name=catalog-$version-$target
folder=$RUNNER_TEMP/catalog-$version
mkdir -p "$folder"
cd "$folder"
gh release download "$version" --repo "$repository" --pattern "$name.$ending" --pattern SHA256SUMS --clobber
# The name stands alone on its line, so that no other file's sum is taken.
awk -v file="$name.$ending" '$2 == file || $2 == "*" file' SHA256SUMS > sum
[ -s sum ] || { echo "::error title=catalog::$name.$ending has no checksum"; exit 2; }
if command -v sha256sum > /dev/null; then sha256sum --check sum; else shasum -a 256 --check sum; fi
if [ "$ending" = zip ]; then 7z x -y "$name.zip" > /dev/null; else tar -xzf "$name.tar.gz"; fi
echo "$folder/$name" >> "$GITHUB_PATH"
"$folder/$name/catalog" --version
