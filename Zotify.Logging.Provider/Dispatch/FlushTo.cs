namespace Zotify.Logging;

/// <summary>How far <see cref="LoggingService.FlushAsync"/> carries what was logged before it.</summary>
public enum FlushTo
{
    /// <summary>Every handler has written its records, and the journals are flushed to the disk.</summary>
    Disk,

    /// <summary>
    /// As <see cref="Disk"/>, and every journal is projected into the database. Where <c>Database:Provider</c> is <c>None</c>, the disk is
    /// as far as anything goes: the same as <see cref="Disk"/>.
    /// </summary>
    Database,
}
