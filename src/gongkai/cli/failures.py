"""Why the system refused a file, in Chinese; ``OSError`` itself says it in English."""

import errno

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.ENAMETOOLONG: "文件名过长",
}


def reason(error: OSError) -> str:
    """A few words for the middle of a sentence, without punctuation at their end."""
    return _REASONS.get(error.errno or 0, f"磁盘出错，错误号 {error.errno}")
