namespace Zotify.Logging.Shipping;

/// <summary>Creates the archives of one kind, one for each journal. An integration registers it. Thread-safe.</summary>
internal interface ISegmentArchiveFactory
{
    /// <summary>The archive's name in states and messages.</summary>
    string Name { get; }

    /// <summary>Where it keeps them, for messages, without credentials.</summary>
    string Destination { get; }

    /// <summary>Creates the archive of a journal. Connects to nothing.</summary>
    ISegmentArchive Create();
}
