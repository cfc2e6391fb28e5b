namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>Gets records onto the disk, all of them at once. One thread at a time.</summary>
internal interface IAppend : IDisposable
{
    /// <summary>Returns when they are there.</summary>
    void Append(IReadOnlyList<byte[]> records);
}
