using Microsoft.Extensions.Options;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.S3;

/// <summary>Creates the archives. Thread-safe.</summary>
/// <param name="options">The options.</param>
internal sealed class S3ArchiveFactory(IOptions<S3Options> options) : ISegmentArchiveFactory
{
    /// <inheritdoc/>
    public string Name => "S3";

    /// <inheritdoc/>
    public string Destination => S3Address.Of(options.Value).ToString();

    /// <inheritdoc/>
    public ISegmentArchive Create() => new S3Archive(options.Value);
}
