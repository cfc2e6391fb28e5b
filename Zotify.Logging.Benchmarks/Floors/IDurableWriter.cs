namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>Writes a record to the disk before the call returns. Thread-safe.</summary>
internal interface IDurableWriter : IDisposable
{
    /// <summary>Writes a record.</summary>
    void Write(int attempt);
}
