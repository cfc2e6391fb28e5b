using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Handlers;

/// <summary>Writes all of <paramref name="bytes"/> at <paramref name="offset"/>, or throws. Tests put a failing disk here.</summary>
internal delegate void FileAppend(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);
