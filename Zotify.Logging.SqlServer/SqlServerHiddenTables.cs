using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// Distinguishes missing tables from those that a login may not know of: the server shows a table's metadata only to logins with a right on
/// it, so both have no OBJECT_ID. A query of the table itself is denied only where there is one.
/// </summary>
internal static class SqlServerHiddenTables
{
    // "The … permission was denied on the object …"
    private const int Denied = 229;

    /// <summary>The tables that exist and that the login has no right on.</summary>
    /// <param name="connection">The connection, without a transaction: a failed query could end that.</param>
    /// <param name="tables">Tables that have no OBJECT_ID.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(
        LoggingConnection connection, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        var hidden = new List<string>();
        foreach (var table in tables)
        {
            if (await IsDeniedAsync(connection, table, cancellationToken).ConfigureAwait(false)) hidden.Add(table);
        }

        return hidden;
    }

    /// <summary>The name of the login's user.</summary>
    public static async Task<string> UserAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            $"SELECT USER_NAME()", row => row.IsDBNull(0) ? "" : row.GetString(0), cancellationToken).ConfigureAwait(false)).Single();

    private static async Task<bool> IsDeniedAsync(LoggingConnection connection, string table, CancellationToken cancellationToken)
    {
        // Not by the connection's own methods: it is as good as before after an expected error.
        var command = connection.Command($"SELECT TOP (1) 1 FROM [{table}]");
        await using (command.ConfigureAwait(false))
        {
            try
            {
                await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
                return false;
            }
            catch (SqlException exception) when (!SqlServerErrors.IsTransient(exception))
            {
                return exception.Number == Denied;
            }
        }
    }
}
