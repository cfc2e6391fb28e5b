namespace Zotify.Logging.Configuration;

/// <summary>Whose logs the queries read: this process's own, or those of an application beside which it runs. Immutable.</summary>
/// <param name="Directory">The absolute log directory.</param>
/// <param name="System">The active file of the system log, below it.</param>
/// <param name="Audit">The active file of the audit log.</param>
/// <param name="Jobs">The active file of the job journal.</param>
/// <param name="Instance">The name of the writer; <see langword="null"/> where another process's is not configured.</param>
/// <param name="IsOwn">Whether this process writes them itself.</param>
internal sealed record LogSource(string Directory, string System, string Audit, string Jobs, string? Instance, bool IsOwn)
{
    /// <summary>The absolute path of one of the files.</summary>
    public string PathOf(string name) => Path.Combine(Directory, name);
}
