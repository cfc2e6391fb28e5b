namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>A folder for what a run writes, deleted at its end.</summary>
internal sealed class WorkFolder : IDisposable
{
    /// <summary>Its absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("zotify-benchmark-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
