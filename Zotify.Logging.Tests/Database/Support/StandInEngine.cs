using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>SQL Server's engine on the stand-in for it, Babelfish.</summary>
/// <param name="options">The settings.</param>
/// <param name="tap">Its hooks run on operations.</param>
/// <param name="refuses">
/// Whether the database refuses rows. After a refused bulk insert, the stand-in does not understand the next one of the connection, so rows
/// are inserted by statements then.
/// </param>
internal sealed class StandInEngine(DatabaseOptions options, ConnectionTap tap, Func<bool> refuses)
    : SqlServerEngine(options, tap, schema => new StandInDialect(schema))
{
    // In a command; the server allows 2,100.
    private const int MaxParameters = 2_000;

    public override CopySupport Copying { get; } = new StandInCopySupport();

    // The stand-in ignores UPDLOCK: rows are reserved by an update that changes nothing.
    public override SqlQuery ReserveJobs(string columns, string jobIds)
    {
        var read = base.ReserveJobs(columns, jobIds);
        return SqlQuery.Raw($"UPDATE jobs SET entries = entries WHERE {Dialect.InJson("job_id", "@ids")};\n{read.Text}", read.Parameters);
    }

    public override async Task InsertAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        if (!refuses())
        {
            await base.InsertAsync(connection, table, rows, cancellationToken);
            return;
        }

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
