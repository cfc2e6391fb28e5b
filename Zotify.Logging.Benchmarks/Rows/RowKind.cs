namespace Zotify.Logging.Benchmarks.Rows;

/// <summary>What is logged until it is rows: the calls, and a table that has just what the task needs.</summary>
/// <param name="Name">The name on the command line and in the names of kept databases.</param>
/// <param name="Log">Logs the calls of a run.</param>
/// <param name="Schema">The floor's tables, with no more indexes than the log's readers need.</param>
/// <param name="Table">The floor's table of rows.</param>
/// <param name="Columns">Its columns without the key.</param>
/// <param name="Values">The values of a row, by its number.</param>
internal sealed record RowKind(
    string Name,
    Action<Microsoft.Extensions.Logging.ILogger, int> Log,
    string Schema,
    string Table,
    IReadOnlyList<string> Columns,
    Func<int, object?[]> Values)
{
    /// <summary>The kind with a name.</summary>
    public static RowKind Find(string name) => name switch
    {
        "jobs" => JobRows.Kind,
        "audit" => AuditRows.Kind,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
