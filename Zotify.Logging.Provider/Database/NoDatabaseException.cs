namespace Zotify.Logging;

/// <summary>
/// Thrown by members that need a database where the configuration names none: <c>Logging:Zotify:Database:Provider</c> is <c>None</c>.
/// </summary>
public sealed class NoDatabaseException() : NotSupportedException(
    "This needs a database, and Logging:Zotify:Database:Provider is None: the logs are in files alone. Set it to Sqlite or SqlServer and "
    + "start again; what the journals hold is then brought into the database.");
