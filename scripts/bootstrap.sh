#!/bin/sh
# Make .venv hold what one level needs, and install the system packages it needs where allowed.
#
#   scripts/bootstrap.sh run|dev|bench
#
# Every level holds the ones before it. A second call with nothing changed does nothing.
set -eu
cd "$(dirname "$0")/.."
level=${1:?run, dev or bench}
python=.venv/bin/python

lock_of() {
    case $1 in
    run) echo requirements.lock ;;
    dev | bench) echo "requirements-$1.lock" ;;
    *) echo "bootstrap.sh: run, dev or bench, not $1" >&2 && exit 64 ;;
    esac
}

fingerprint() {
    cat "$(lock_of "$1")" pyproject.toml | sha256sum
}

# --- system packages -------------------------------------------------------------------------

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_packages() {
    echo "正在安装系统软件包 / installing system packages: $*" >&2
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1 && return
    as_root apt-get update -q >/dev/null 2>&1
    as_root apt-get install -y -q --no-install-recommends "$@" >/dev/null
}

# name_missing <what it means, Chinese> <English> <packages>
name_missing() {
    means=$1 meaning=$2
    shift 2
    echo "缺少系统软件包 $*，$means。请用有管理员权限的账号运行下面一行，再重新启动。" >&2
    echo "System packages are missing: $*; $meaning. Run this line as an administrator and start again:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y $*" >&2
}

has_font() {
    [ -n "${GONGKAI_FONTS:-}" ] || find /usr/share/fonts /usr/local/share/fonts -iname "$1" 2>/dev/null | grep -q .
}

has_command() {
    for name in "$@"; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    return 1
}

has_library() {
    find /lib /usr/lib /lib64 /usr/lib64 -name "$1" 2>/dev/null | grep -q .
}

missing_packages() {
    has_font 'NotoSerifCJK-Regular.ttc' || echo fonts-noto-cjk
    has_font 'LXGWWenKai-*.ttf' || echo fonts-lxgw-wenkai
    [ "$level" != run ] || return 0
    has_command chromium chromium-browser google-chrome || echo chromium
    has_library libatomic.so.1 || echo libatomic1 # what drives Chromium needs it
}

# Fonts serve the PDFs, Chromium the browser tests: without them the rest works, so a refusal is named
# at every start but not tried again until .venv is made anew.
provide_system_packages() {
    # shellcheck disable=SC2046 # one word a package
    set -- $(missing_packages)
    [ $# -gt 0 ] || return 0
    refused=.venv/.system-packages-refused
    if may_install && [ "$(cat $refused 2>/dev/null)" != "$*" ] && install_packages "$@"; then
        return
    fi
    echo "$*" >$refused
    name_missing "写不了 PDF 或跑不了浏览器测试，其余照常" "no PDF or no browser tests, the rest works" "$@"
}

# --- Python ----------------------------------------------------------------------------------

find_python() {
    for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "需要 Python 3.11 或更新版本。Python 3.11 or newer is needed: sudo apt-get install -y python3" >&2
    exit 1
}

make_environment() {
    base=$(find_python)
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --allow-existing --python "$base" .venv
        return
    fi
    if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        package=$("$base" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
        if ! may_install || ! install_packages "$package"; then
            name_missing "建不了 Python 环境" "no Python environment can be made" "$package"
            exit 1
        fi
    fi
    "$base" -m venv .venv
}

install_requirements() {
    lock=$(lock_of "$level")
    echo "正在安装 $lock（第一次需要几分钟）/ installing $lock (minutes, the first time)" >&2
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python $python --require-hashes -r "$lock"
        uv pip install --quiet --python $python --no-deps --no-build-isolation --no-index -e .
        return
    fi
    pip="$python -m pip --disable-pip-version-check --quiet"
    $pip install --require-hashes -r "$lock"
    $pip install --no-deps --no-build-isolation --no-index -e .
}

ready() {
    [ -x $python ] || return 1
    for held in run dev bench; do
        case "$level:$held" in dev:run | bench:run | bench:dev) continue ;; esac
        [ "$(cat ".venv/.ready-$held" 2>/dev/null)" = "$(fingerprint $held)" ] && return
    done
    return 1
}

if ! ready; then
    lock_of "$level" >/dev/null
    $python -m pip --version >/dev/null 2>&1 || make_environment
    install_requirements
    fingerprint "$level" >".venv/.ready-$level"
fi
provide_system_packages
