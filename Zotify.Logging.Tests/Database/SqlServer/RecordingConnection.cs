using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>A connection to no server, which answers each command as needed.</summary>
/// <param name="answer">
/// Returns the rows that a command selects or changes; null for the default: a command changes one row.
/// </param>
internal sealed class RecordingConnection(Func<string, DataTable?> answer) : DbConnection
{
    private ConnectionState _state = ConnectionState.Closed;

    [AllowNull]
    public override string ConnectionString { get; set; } = "Server=nowhere;Database=zotify";

    public override string Database => "zotify";

    public override string DataSource => "nowhere";

    public override string ServerVersion => "16.00.0000";

    public override ConnectionState State => _state;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => _state = ConnectionState.Open;

    public override void Close() => _state = ConnectionState.Closed;

    /// <summary>The answer to a command.</summary>
    public DbDataReader Run(string text) => (answer(text) ?? new DataTable()).CreateDataReader();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new RecordingTransaction(this, isolationLevel);

    protected override DbCommand CreateDbCommand() => new RecordingCommand(this);
}
