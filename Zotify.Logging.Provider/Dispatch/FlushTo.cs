namespace Zotify.Logging;

/// <summary>How far <see cref="LoggingService.FlushAsync"/> carries what was logged before it.</summary>
public enum FlushTo
{
    /// <summary>Every handler has written its records, and the journals are flushed to the disk.</summary>
    Disk,

    /// <summary>
    /// As <see cref="Disk"/>, and every journal is projected into the database. The same as <see cref="Disk"/> where
    /// <c>Database:Provider</c> is <c>None</c>.
    /// </summary>
    Database,
}
