using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>The stand-in ignores UPDLOCK: rows are reserved by an update that changes nothing.</summary>
/// <param name="schema">The schema that the tables are in.</param>
internal sealed class StandInDialect(SqlServerSchema schema) : SqlServerDialect(schema)
{
    public override string Reserve(string column, string table, string where) =>
        $"UPDATE {table} SET {(table == "journals" ? "seq = seq" : "last_seq = last_seq")}\n{where};\n{base.Reserve(column, table, where)}";
}
