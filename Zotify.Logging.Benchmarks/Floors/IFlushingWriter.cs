namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>Writes a record and returns, without blocking a thread, when it is on the disk. Thread-safe.</summary>
internal interface IFlushingWriter : IDisposable
{
    /// <summary>Writes a record.</summary>
    Task WriteAsync(int attempt);
}
