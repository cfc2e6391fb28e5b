using System.Globalization;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.S3;

/// <summary>Gets archived journals back, so that they can be proven.</summary>
internal static class S3Download
{
    /// <summary>Downloads the segments of a kind of journals, each journal into a folder of its own.</summary>
    /// <param name="options">How to reach the storage. Their bucket and prefix are not used.</param>
    /// <param name="address">What to download: all journals below a prefix, or one of them. A copy of a journal counts as another
    /// journal.</param>
    /// <param name="isOfKind">Whether a file name is one of this kind of journal.</param>
    /// <param name="folder">Gets the folders.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The journals by their addresses, each with its folder.</returns>
    /// <exception cref="IOException">The storage does not give them, an object is not what was stored, or a file cannot be written.
    /// </exception>
    public static async Task<IReadOnlyList<(S3Address Journal, string Folder)>> RunAsync(
        S3Options options, S3Address address, Func<string, bool> isOfKind, string folder, CancellationToken cancellationToken)
    {
        var folders = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var store = new S3Store(options, address.Bucket);
            foreach (var key in await store.ListAsync(address.Prefix, cancellationToken).ConfigureAwait(false))
            {
                if (!address.TryRead(key, out _, out var name) || !isOfKind(name)) continue;
                // Copies of a journal have its id, too: only the whole prefix tells them apart.
                var prefix = key[..(key.LastIndexOf('/') + 1)];
                if (!folders.TryGetValue(prefix, out var target))
                {
                    target = folders[prefix] = Path.Combine(folder, folders.Count.ToString(CultureInfo.InvariantCulture));
                    Directory.CreateDirectory(target);
                }

                await DownloadAsync(store, key, Path.Combine(target, name), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TargetException exception)
        {
            throw new IOException(exception.Message, exception);
        }

        return [.. folders.Select(found => (new S3Address(address.Bucket, found.Key), found.Value))];
    }

    private static async Task DownloadAsync(S3Store store, string key, string path, CancellationToken cancellationToken)
    {
        var content = await store.OpenAsync(key, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            try
            {
                await SegmentCompression.DecompressAsync(content, path, cancellationToken).ConfigureAwait(false);
            }
            catch (InvalidDataException exception)
            {
                throw new IOException($"{key}: {exception.Message}", exception);
            }
        }
    }
}
