namespace Zotify.Logging.Configuration;

/// <summary>
/// Another process whose system log is merged into the stream: a directory, or the address of its endpoints. Immutable.
/// </summary>
/// <param name="Name">Its name, the <c>instance</c> of its lines.</param>
/// <param name="SystemPath">The absolute path of the active file of its system log; <see langword="null"/> if it has an address.</param>
/// <param name="Url">The address up to where <c>/api/logs</c> begins, ending in a slash; <see langword="null"/> if it has a
/// directory.</param>
/// <param name="ApiKey">The key for the address; <see langword="null"/> to send none.</param>
internal sealed record MergedSource(string Name, string? SystemPath, Uri? Url, string? ApiKey)
{
    /// <summary>The name and where it is, without the key.</summary>
    public override string ToString() => $"{Name} ({SystemPath ?? Url!.AbsoluteUri})";
}
