namespace Zotify.Logging.Benchmarks.Rows;

/// <summary>Writes rows of a kind into a SQLite file.</summary>
internal interface IRowWriter : IAsyncDisposable
{
    /// <summary>Writes rows; returns when they are committed.</summary>
    Task WriteAsync(int count);
}
