using Zotify.Logging.Journal;

namespace Zotify.Logging.Shipping;

/// <summary>A store outside of this process that gets rolled segments, byte for byte. Used by one caller at a time.</summary>
internal interface ISegmentArchive : IDisposable
{
    /// <summary>The file names of the segments of a journal that it has.</summary>
    /// <exception cref="TargetException">It cannot be asked.</exception>
    Task<IReadOnlySet<string>> ListAsync(Guid journal, CancellationToken cancellationToken);

    /// <summary>Stores a segment. When it returns, the archive has the whole of it, under its file name.</summary>
    /// <exception cref="TargetException">The archive does not have it for certain.</exception>
    /// <exception cref="IOException">The segment cannot be read.</exception>
    Task StoreAsync(Guid journal, Segment segment, CancellationToken cancellationToken);
}
