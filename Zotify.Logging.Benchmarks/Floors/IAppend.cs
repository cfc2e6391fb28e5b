namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>Writes several records to the disk at once. Not thread-safe.</summary>
internal interface IAppend : IDisposable
{
    /// <summary>Writes the records; returns when they are on the disk.</summary>
    void Append(IReadOnlyList<byte[]> records);
}
