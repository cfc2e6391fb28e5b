namespace Zotify.Logging.Handlers;

/// <summary>When the call that logs an audit event returns.</summary>
public enum Acknowledgement
{
    /// <summary>When the record is queued; it is on the disk within the flush interval.</summary>
    Queued,

    /// <summary>When the record is on the disk.</summary>
    Durable,
}
