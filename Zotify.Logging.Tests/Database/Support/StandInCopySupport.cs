using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// Copies of all rows on the stand-in for SQL Server. Its bulk insert of rows with numbers leaves the next number as it is, so that one is
/// left out after the copy.
/// </summary>
internal sealed class StandInCopySupport : SqlServerCopySupport
{
    public override async Task SetLastNumberAsync(
        LoggingConnection connection, string table, long number, CancellationToken cancellationToken)
    {
        await base.SetLastNumberAsync(connection, table, number, cancellationToken);
        await connection.ExecuteAsync(SqlQuery.Raw($"DBCC CHECKIDENT ('[{table}]', RESEED, {number})"), cancellationToken);
    }
}
