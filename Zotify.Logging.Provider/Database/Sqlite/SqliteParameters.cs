using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace Zotify.Logging.Database;

/// <summary>
/// The parameters of a statement that is run for many rows, set one after the other. Each has a buffer of its own that SQLite reads, so
/// that nothing is copied, and a text that is the same object as before need not be set again. Not thread-safe.
/// </summary>
internal sealed unsafe partial class SqliteParameters : IDisposable
{
    private const string Library = "e_sqlite3";
    private const int SmallSize = 64;

    private readonly sqlite3_stmt _statement;

    // Zero where an application brings its own build of SQLite, whose statements are valid only there.
    private readonly nint _handle;
    // Not managed: a buffer must not move, and lives only as long as a batch.
    private readonly (nint Start, int Size)[] _buffers;
    private readonly string?[] _texts;
    private int _next;

    /// <param name="statement">The statement. Its owner frees it.</param>
    /// <param name="count">The number of its parameters.</param>
    public SqliteParameters(sqlite3_stmt statement, int count)
    {
        _statement = statement;
        _handle = raw.GetNativeLibraryName() == Library ? statement.DangerousGetHandle() : 0;
        _buffers = new (nint, int)[count];
        _texts = new string?[count];
    }

    /// <summary>Begins again with the first parameter.</summary>
    public void Rewind() => _next = 0;

    /// <summary>Sets the next parameter. Returns the result of SQLite.</summary>
    public int BindNumber(long? number)
    {
        var at = _next++;
        _texts[at] = null;
        if (number is not { } value) return BindNull(at);
        return _handle == 0 ? raw.sqlite3_bind_int64(_statement, at + 1, value) : NativeBindInt64(_handle, at + 1, value);
    }

    /// <summary>Sets the next parameter. Returns the result of SQLite.</summary>
    public int BindText(string? text)
    {
        var at = _next++;
        if (text is null)
        {
            _texts[at] = null;
            return BindNull(at);
        }

        if (ReferenceEquals(text, _texts[at])) return raw.SQLITE_OK;
        var result = BindUtf8(at, Encoding.UTF8.GetBytes(text, Buffer(at, Encoding.UTF8.GetMaxByteCount(text.Length))));
        _texts[at] = result == raw.SQLITE_OK ? text : null;
        return result;
    }

    /// <summary>Sets the next parameter to the text of <see cref="SqliteValues.OfTime"/>. Returns the result of SQLite.</summary>
    public int BindTime(DateTime? time)
    {
        var at = _next++;
        _texts[at] = null;
        if (time is not { } value) return BindNull(at);
        DateTime.SpecifyKind(value, DateTimeKind.Utc).TryFormat(Buffer(at, SmallSize), out var length, "O", CultureInfo.InvariantCulture);
        return BindUtf8(at, length);
    }

    /// <summary>Sets the next parameter to the text of <see cref="SqliteValues.OfId"/>. Returns the result of SQLite.</summary>
    public int BindId(Guid id)
    {
        var at = _next++;
        _texts[at] = null;
        id.TryFormat(Buffer(at, SmallSize), out var length);
        return BindUtf8(at, length);
    }

    /// <summary>Frees the buffers. The statement must be freed before.</summary>
    public void Dispose()
    {
        foreach (var (start, _) in _buffers) NativeMemory.Free((void*)start);
        Array.Clear(_buffers);
    }

    private int BindNull(int at) => _handle == 0 ? raw.sqlite3_bind_null(_statement, at + 1) : NativeBindNull(_handle, at + 1);

    private int BindUtf8(int at, int length)
    {
        // An empty span is a null pointer, which SQLite would bind as NULL.
        if (_handle == 0)
            return length == 0
                ? raw.sqlite3_bind_text(_statement, at + 1, "")
                : raw.sqlite3_bind_text(_statement, at + 1, Buffer(at, SmallSize)[..length]);
        // No function that frees it: the buffer stays unchanged until the parameter is set again.
        return NativeBindText(_handle, at + 1, _buffers[at].Start, length, 0);
    }

    private Span<byte> Buffer(int at, int size)
    {
        if (size > _buffers[at].Size)
        {
            var enough = Math.Max(size, SmallSize);
            _buffers[at] = ((nint)NativeMemory.Realloc((void*)_buffers[at].Start, (nuint)enough), enough);
        }

        return new Span<byte>((void*)_buffers[at].Start, _buffers[at].Size);
    }

    // Each call takes some nanoseconds and never waits: nobody else uses the connection.
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    [SuppressGCTransition]
    private static partial int NativeBindNull(nint statement, int parameter);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    private static partial int NativeBindInt64(nint statement, int parameter, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    [SuppressGCTransition]
    private static partial int NativeBindText(nint statement, int parameter, nint text, int length, nint free);
}
