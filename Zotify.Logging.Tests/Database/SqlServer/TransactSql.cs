using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>Reads T-SQL as SQL Server 2022 does, without a server.</summary>
internal static class TransactSql
{
    /// <summary>Fails where the text is not T-SQL.</summary>
    public static TSqlFragment AssertParses(string text)
    {
        using var reader = new StringReader(text);
        var script = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.IsEmpty(errors.Select(error => $"{error.Line}:{error.Column} {error.Message}"), text);
        return script;
    }

    /// <summary>Fails where the text is not T-SQL, or not every server with this dialect supports it.</summary>
    public static void AssertPlain(string text)
    {
        var visitor = new Visitor();
        AssertParses(text).Accept(visitor);
        Assert.IsEmpty(visitor.Found, text);
    }

    /// <summary>Fails where a table is named without the schema, or in another one.</summary>
    public static void AssertQualified(string text, string schema)
    {
        var visitor = new Names(schema);
        AssertParses(text).Accept(visitor);
        Assert.IsEmpty(visitor.Elsewhere, text);
    }

    private sealed class Names(string schema) : TSqlFragmentVisitor
    {
        public List<string> Elsewhere { get; } = [];

        public override void Visit(SchemaObjectName node)
        {
            // The system's own procedures, views and types are in no schema of ours.
            var name = node.BaseIdentifier.Value;
            var given = node.SchemaIdentifier?.Value;
            if (given != schema && given != "sys" && !System.Contains(name)) Elsewhere.Add(name);
        }

        private static readonly HashSet<string> System =
            new(StringComparer.OrdinalIgnoreCase)
            {
                "sp_getapplock", "bigint", "int", "nvarchar", "varbinary", "char",
                "datetime2", "uniqueidentifier", "float", "bit", "decimal",
            };
    }

    private sealed class Visitor : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(MergeStatement node) => Found.Add("MERGE");

        public override void Visit(OffsetClause node) => Found.Add("OFFSET");

        // The stand-in ignores these two: see StandInEngine.
        public override void Visit(TableHint node)
        {
            if (node.HintKind is not (TableHintKind.UpdLock or TableHintKind.Rowlock)) Found.Add($"the hint {node.HintKind}");
        }

        public override void Visit(AlterDatabaseStatement node) => Found.Add("ALTER DATABASE");

        public override void Visit(WithCtesAndXmlNamespaces node) => Found.Add("a common table expression");

        public override void Visit(IndexOption node) => Found.Add($"the index option {node.OptionKind}");

        public override void Visit(FunctionCall node)
        {
            if (node.FunctionName.Value.StartsWith("COUNT", StringComparison.OrdinalIgnoreCase)) Found.Add(node.FunctionName.Value);
        }
    }
}
