using System.Text;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>The rights that each use of the tables needs, as roles of the database, and the check of a login. A pure list.</summary>
internal static class SqlServerRights
{
    private static readonly (string Table, string Writer, string Retention)[] Tables =
    [
        ("journals", "INSERT, UPDATE", ""),
        ("audit_events", "INSERT", "DELETE"),
        ("audit_counts", "INSERT, UPDATE", "UPDATE, DELETE"),
        ("job_logs", "INSERT", "DELETE"),
        ("jobs", "INSERT, UPDATE", "DELETE"),
        ("instances", "INSERT, UPDATE", "DELETE"),
        ("audit_text_runs", "INSERT, DELETE", "DELETE"),
        ("audit_text_pages", "INSERT, DELETE", "DELETE"),
        (SqlServerHistory.Table, "", ""),
    ];

    /// <summary>The script that creates the roles, and grants each its rights on the tables that there are. It may be run again.</summary>
    public static string Script(SqlServerSchema schema)
    {
        var script = new StringBuilder(
            $"""
            -- Roles with the least rights on the tables in the schema {schema.Name}. Run it as a member of db_owner, before the first
            -- migration and again after each. Then add users: ALTER ROLE {RoleOf("writer", schema)} ADD MEMBER …;
            --   {RoleOf("migrator", schema)} creates and changes the tables: 'database migrate', 'database copy'.
            --   {RoleOf("writer", schema)} adds rows; it cannot change or delete an event or an entry. Every instance needs it.
            --   {RoleOf("retention", schema)} deletes old rows. Instances whose RetainedAge or RetainedSize is set need it as well.
            --   {RoleOf("reader", schema)} reads: SSMS, LINQ, reports.
            {schema.CreateStatement.TrimEnd()}

            """);
        foreach (var role in (string[])["migrator", "writer", "retention", "reader"])
        {
            Append(script, $"IF DATABASE_PRINCIPAL_ID(N'{RoleOf(role, schema)}') IS NULL CREATE ROLE [{RoleOf(role, schema)}];");
        }

        Append(script, $"GRANT CREATE TABLE TO [{RoleOf("migrator", schema)}];");
        Append(
            script,
            $"GRANT ALTER, REFERENCES, SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[{schema.Name}] TO [{RoleOf("migrator", schema)}];");
        foreach (var (table, writer, retention) in Tables)
        {
            Append(
                script,
                $"""
                IF OBJECT_ID(N'[{schema.Name}].[{table}]') IS NOT NULL
                BEGIN
                    GRANT {With("SELECT", writer)} ON [{schema.Name}].[{table}] TO [{RoleOf("writer", schema)}];
                    GRANT {With("SELECT", retention)} ON [{schema.Name}].[{table}] TO [{RoleOf("retention", schema)}];
                    GRANT SELECT ON [{schema.Name}].[{table}] TO [{RoleOf("reader", schema)}];
                END;
                """);
        }

        return script.ToString();
    }

    /// <summary>Throws where tables are gone, or the login lacks rights on them for a use.</summary>
    /// <exception cref="MissingRightsException">It lacks some; the message names them, and the role that has them.</exception>
    /// <exception cref="MissingTablesException">Tables are gone.</exception>
    public static async Task EnsureAsync(
        LoggingConnection connection, SqlServerSchema schema, DatabaseUse use, CancellationToken cancellationToken)
    {
        var needed = Tables.SelectMany(table => With("SELECT", use == DatabaseUse.Write ? table.Writer : table.Retention)
            .Split(", ").Select(right => (table.Table, Right: right))).ToArray();
        // The documentation leaves open what the function returns for a table that is missing.
        var columns = needed.Select(need =>
            $"CASE WHEN OBJECT_ID(N'[{need.Table}]') IS NOT NULL "
            + $"THEN HAS_PERMS_BY_NAME(N'[{need.Table}]', N'OBJECT', N'{need.Right}') END");
        var (user, rights) = (await connection.ReadAsync(
            SqlQuery.Raw($"SELECT USER_NAME(),\n{string.Join(",\n", columns)}"),
            row => (
                User: row.IsDBNull(0) ? "" : row.GetString(0),
                Rights: needed.Select((_, i) => row.IsDBNull(i + 1) ? (int?)null : row.GetInt32(i + 1)).ToArray()),
            cancellationToken).ConfigureAwait(false)).Single();
        string[] unseen = [.. needed.Where((_, i) => rights[i] is null).Select(need => need.Table).Distinct()];
        if (unseen.Length > 0)
        {
            var hidden = await SqlServerHiddenTables.FindAsync(connection, unseen, cancellationToken).ConfigureAwait(false);
            string[] gone = [.. unseen.Except(hidden).Select(table => $"{schema.Name}.{table}")];
            if (gone.Length > 0) throw new MissingTablesException(gone);
        }

        string[] missing = [.. needed.Where((_, i) => rights[i] != 1).Select(need => $"{need.Right} on {schema.Name}.{need.Table}")];
        if (missing.Length > 0)
            throw new MissingRightsException(user, missing, RoleOf(use == DatabaseUse.Write ? "writer" : "retention", schema));
    }

    /// <summary>The name of a role. Those of two schemas differ, because roles belong to the database.</summary>
    public static string RoleOf(string role, SqlServerSchema schema) =>
        schema.Name == SqlServerSchema.Default ? $"zotify_{role}" : $"zotify_{role}_{schema.Name}";

    private static string With(string right, string further) => further.Length == 0 ? right : $"{right}, {further}";

    private static void Append(StringBuilder script, string batch) => script.Append(batch.ReplaceLineEndings("\n")).Append("\nGO\n\n");
}
