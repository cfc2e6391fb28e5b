namespace Zotify.Logging.Database;

/// <summary>Thrown where a copy into the database is not finished. Nothing is written to it; the journals wait.</summary>
internal sealed class UnfinishedCopyException() : InvalidOperationException(
    "A copy into this database is not finished, so nothing else is written to it. Run the command 'database copy' again, with the settings "
    + "of the database that is copied: it goes on where it ended.");
