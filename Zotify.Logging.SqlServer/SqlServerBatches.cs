using System.Globalization;
using System.Text;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// Puts statements of a transaction into one command, which costs one round trip. The connection has <c>XACT_ABORT</c> on: a statement that
/// fails ends the command and rolls the transaction back, so that nothing after it runs. BEGIN and COMMIT cannot be in it: the driver's
/// bulk insert refuses a transaction that the driver did not begin, only the driver can end one that the connection is enlisted in, and a
/// command with parameters that ends one raises error 266. A pure function of the statements.
/// </summary>
internal static class SqlServerBatches
{
    /// <summary>The error's number where a statement did not change as many rows as it must. Up to 50,000 they are the server's.</summary>
    public const int RowChanged = 51_000;

    /// <inheritdoc cref="SqlDialect.Join"/>
    public static SqlQuery Join(IReadOnlyList<SqlQuery> statements)
    {
        var text = new StringBuilder();
        var parameters = new List<SqlParameter>();
        for (var i = 0; i < statements.Count; i++)
        {
            var statement = statements[i].Prefixed(string.Create(CultureInfo.InvariantCulture, $"s{i}_"));
            text.Append(statement.Text.TrimEnd(';', '\n', ' ')).Append(";\n");
            parameters.AddRange(statement.Parameters.Cast<SqlParameter>());
            // Not the names of parameters, which begin with the prefix.
            var count = statement.ExpectedCount;
            if (statement.Expected is { } expected)
            {
                count = string.Create(CultureInfo.InvariantCulture, $"@expected{i}");
                parameters.Add(new SqlParameter(count, expected));
            }

            if (count is null) continue;
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                DECLARE @changed{i} int = @@ROWCOUNT;
                IF @changed{i} <> {count} THROW {RowChanged}, N'Somebody else changed a row.', 1;

                """);
        }

        return SqlQuery.Raw(text.ToString().TrimEnd(), [.. parameters]);
    }

    /// <inheritdoc cref="SqlDialect.JoinIfChanged"/>
    public static SqlQuery JoinIfChanged(SqlQuery statement, SqlQuery query)
    {
        var (first, second) = (statement.Prefixed("s0_"), query.Prefixed("s1_"));
        return SqlQuery.Raw(
            $"{first.Text};\nIF @@ROWCOUNT > 0\nBEGIN\n{second.Text};\nEND", [.. first.Parameters, .. second.Parameters]);
    }
}
