using ZstdSharp;

namespace Zotify.Logging.S3;

/// <summary>Compresses segments by Zstandard (RFC 8878), with its checksum of the content, so that any tool reads them.</summary>
internal static class SegmentCompression
{
    /// <summary>A little slower than the default, and a tenth smaller.</summary>
    private const int Level = 6;

    /// <summary>Compresses a file to a temporary one, which is deleted when it is closed. Returns it at its beginning.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<FileStream> CompressAsync(string path, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        // The folder is everybody's; the log is not.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var compressed = new FileStream(Path.Combine(Path.GetTempPath(), $"zotify-{Path.GetRandomFileName()}"), options);
        // The name goes at once, so that a kill leaves nothing. Elsewhere it goes with the file.
        if (!OperatingSystem.IsWindows()) File.Delete(compressed.Name);
        try
        {
            using var segment = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var zstd = new CompressionStream(compressed, Level, leaveOpen: true);
            await using (zstd.ConfigureAwait(false))
            {
                zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
                await segment.CopyToAsync(zstd, cancellationToken).ConfigureAwait(false);
            }

            compressed.Position = 0;
            return compressed;
        }
        catch
        {
            await compressed.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Decompresses to a new file.</summary>
    /// <exception cref="InvalidDataException">It is not what was compressed.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static async Task DecompressAsync(Stream compressed, string path, CancellationToken cancellationToken)
    {
        using var segment = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var zstd = new DecompressionStream(compressed, leaveOpen: true);
        await using (zstd.ConfigureAwait(false))
        {
            try
            {
                await zstd.CopyToAsync(segment, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is ZstdException or EndOfStreamException)
            {
                throw new InvalidDataException($"It cannot be decompressed: {exception.Message}", exception);
            }
        }
    }
}
