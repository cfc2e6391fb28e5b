namespace Zotify.Logging.Queries;

/// <summary>An item of a log that can be gone on after.</summary>
internal interface IPositioned
{
    /// <summary>Opaque: where to go on after this item.</summary>
    string Position { get; }
}
