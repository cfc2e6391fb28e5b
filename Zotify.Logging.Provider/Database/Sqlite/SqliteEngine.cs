using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>SQLite, in a file.</summary>
internal sealed class SqliteEngine : IDatabaseEngine
{
    private readonly DbContextOptions<SqliteLoggingDbContext> _writer;
    private readonly DbContextOptions<SqliteLoggingDbContext> _reader;
    private readonly string _file;

    // Microsoft.Data.Sqlite answers SQLITE_BUSY by sleeping 150 ms: writers of this process queue up here instead.
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <param name="connectionString">Its file may be relative to <paramref name="contentRoot"/>.</param>
    /// <param name="contentRoot">An absolute path.</param>
    public SqliteEngine(string connectionString, string contentRoot)
    {
        var connection = new SqliteConnectionStringBuilder(connectionString);
        _file = connection.DataSource = Path.GetFullPath(Path.Combine(contentRoot, connection.DataSource));
        _writer = Options(connection);
        if (connection.Mode == SqliteOpenMode.ReadWriteCreate) connection.Mode = SqliteOpenMode.ReadWrite;
        _reader = Options(connection);
    }

    /// <inheritdoc/>
    public LoggingDbContext CreateContext()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        return new SqliteLoggingDbContext(_writer);
    }

    /// <inheritdoc/>
    public LoggingDbContext CreateReader() => new SqliteLoggingDbContext(_reader);

    /// <inheritdoc/>
    public async ValueTask<IDisposable> EnterWriteAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Exit(_gate);
    }

    /// <inheritdoc/>
    public async Task InsertAsync(
        DbTransaction transaction, string table, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var command = transaction.Connection!.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
            command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => $"@{c}"))})";
            var parameters = columns.Select(column => new SqliteParameter { ParameterName = $"@{column}" }).ToArray();
            command.Parameters.AddRange(parameters);
            foreach (var row in rows)
            {
                for (var i = 0; i < parameters.Length; i++)
                {
                    parameters[i].Value = row[i] switch
                    {
                        null => DBNull.Value,
                        DateTime time => SqliteText.Of(time),
                        Guid id => SqliteText.Of(id),
                        var value => value,
                    };
                }

                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public string DetailsCondition(IReadOnlyList<string> path, string value, List<object> arguments)
    {
        var at = arguments.Count;
        arguments.Add("$" + string.Concat(path.Select(name => $".\"{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")));
        arguments.Add(value);
        // json_extract gives booleans as 1 and 0, which a text 1 must not match.
        return $"CASE json_type(details, {{{at}}}) WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(json_extract(details, {{{at}}}) AS TEXT) END = {{{at + 1}}}";
    }

    private static DbContextOptions<SqliteLoggingDbContext> Options(SqliteConnectionStringBuilder connection) =>
        new DbContextOptionsBuilder<SqliteLoggingDbContext>()
            .UseSqlite(connection.ToString())
            .AddInterceptors(new SqlitePragmas())
            // The library never logs through its own provider, and the container's factory may be gone at the last flush.
            .UseLoggerFactory(NullLoggerFactory.Instance)
            .Options;

    private sealed class Exit(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
