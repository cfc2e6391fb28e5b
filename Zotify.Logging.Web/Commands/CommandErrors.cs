using System.Data.Common;
using Zotify.Logging.Copying;
using Zotify.Logging.Database;

namespace Zotify.Logging.Web.Commands;

/// <summary>Distinguishes failures whose message tells the operator what to do from bugs, whose stack trace is needed.</summary>
internal static class CommandErrors
{
    /// <summary>Whether a command reports the message alone: a file, the database, or what a login may do there.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is DbException or DatabaseUnavailableException or CopyFailedException
            // What is wrong with the tables, the rights on them, or the database's settings.
            or SchemaAheadException or SchemaBehindException or OtherSchemaException or UnfinishedCopyException
            or MissingRightsException or MissingTablesException or UnsuitableDatabaseException
            or IOException or UnauthorizedAccessException or TimeoutException;
}
