namespace Zotify.Logging.Configuration;

/// <summary>
/// The logs that queries read: those of this process, or of the application that this process is a sidecar of. Immutable.
/// </summary>
/// <param name="Directory">The absolute log directory.</param>
/// <param name="System">The active file of the system log, below it.</param>
/// <param name="Audit">The active file of the audit log.</param>
/// <param name="Jobs">The active file of the job journal.</param>
/// <param name="Instance">The name of the writer; <see langword="null"/> if a sidecar's configuration does not name it.</param>
/// <param name="IsSidecar">Whether another process writes them.</param>
internal sealed record LogSource(string Directory, string System, string Audit, string Jobs, string? Instance, bool IsSidecar)
{
    /// <summary>The absolute path of one of the files.</summary>
    public string PathOf(string name) => Path.Combine(Directory, name);
}
