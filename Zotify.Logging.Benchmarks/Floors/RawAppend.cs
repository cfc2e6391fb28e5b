using Microsoft.Win32.SafeHandles;
using Zotify.Logging.Common;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>A file with an fsync after each append: the same fsync as this project's, which reports a failure.</summary>
internal sealed class RawAppend(string folder) : IAppend
{
    private readonly SafeFileHandle _file = File.OpenHandle(Name(folder), FileMode.CreateNew, FileAccess.Write);
    private byte[] _bytes = new byte[64 * 1024];
    private long _length;

    public void Append(IReadOnlyList<byte[]> records)
    {
        var length = 0;
        foreach (var record in records)
        {
            if (length + record.Length > _bytes.Length) Array.Resize(ref _bytes, _bytes.Length * 2);
            record.CopyTo(_bytes, length);
            length += record.Length;
        }

        RandomAccess.Write(_file, _bytes.AsSpan(0, length), _length);
        _length += length;
        DiskFlush.Data(_file, Name(folder));
    }

    public void Dispose() => _file.Dispose();

    private static string Name(string folder) => Path.Combine(folder, "raw.log");
}
