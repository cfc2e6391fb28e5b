using System.Security.Cryptography;
using Zotify.Logging.Journal;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.S3;

/// <summary>Keeps a journal's rolled segments in a bucket, compressed. Used by one caller at a time.</summary>
/// <param name="options">The options, validated.</param>
internal sealed class S3Archive(S3Options options) : ISegmentArchive
{
    private readonly S3Address _address = S3Address.Of(options);

    // Opened with the first request: without credentials, it cannot be.
    private S3Store? _store;

    private S3Store Store => _store ??= new S3Store(options, _address.Bucket);

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> ListAsync(Guid journal, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in await Store.ListAsync(_address.FolderOf(journal), cancellationToken).ConfigureAwait(false))
            if (_address.TryRead(key, out _, out var name)) names.Add(name);
        return names;
    }

    /// <inheritdoc/>
    public async Task StoreAsync(Guid journal, Segment segment, CancellationToken cancellationToken)
    {
        using var compressed = await SegmentCompression.CompressAsync(segment.Path, cancellationToken).ConfigureAwait(false);
        var hash = await SHA256.HashDataAsync(compressed, cancellationToken).ConfigureAwait(false);
        compressed.Position = 0;
        await Store.PutAsync(_address.KeyOf(journal, Path.GetFileName(segment.Path)), compressed, hash, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _store?.Dispose();
}
