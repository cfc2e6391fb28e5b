using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// SQL Server's engine on Babelfish, a stand-in for it, where rows are inserted by statements. From version 7 on, SqlBulkCopy finds the
/// columns of a table by adding up a variable over the rows of a query. Babelfish does not support that, so SqlBulkCopy would find only the
/// last column.
/// </summary>
internal sealed class StandInEngine(DatabaseOptions options, ConnectionTap tap) : SqlServerEngine(options, tap)
{
    // In a command; the server allows 2,100.
    private const int MaxParameters = 2_000;

    public override async Task InsertAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        foreach (var some in rows.Chunk(MaxParameters / table.Columns.Length))
        {
            var parameters = new List<DbParameter>();
            var values = some.Select(
                row => table.Columns.Select(column => column.Value(row) is { } value ? Add(parameters, value) : "NULL"));
            var lists = string.Join(",\n", values.Select(row => $"({string.Join(", ", row)})"));
            var insert = $"INSERT INTO {table.Name} ({table.Names}) VALUES\n{lists}";
            if (table.HasNumbers) insert = $"SET IDENTITY_INSERT {table.Name} ON; {insert}; SET IDENTITY_INSERT {table.Name} OFF;";
            await connection.ExecuteAsync(SqlQuery.Raw(insert, [.. parameters]), cancellationToken);
        }
    }

    private string Add(List<DbParameter> parameters, object value)
    {
        var parameter = Dialect.Parameter($"@p{parameters.Count}", value);
        parameters.Add(parameter);
        return parameter.ParameterName;
    }
}
