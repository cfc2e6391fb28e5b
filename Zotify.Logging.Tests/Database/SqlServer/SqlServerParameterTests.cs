using System.Data;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Queries;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The parameters of commands to SQL Server, without a server.</summary>
[TestClass]
public sealed class SqlServerParameterTests
{
    private static readonly SqlServerDialect Dialect = new();

    [TestMethod]
    public void The_most_of_everything_is_below_the_2100_parameters_of_a_command()
    {
        var most = Enumerable.Range(0, 100).Select(i => $"v{i}").ToArray();
        var query = AuditSearch.Build(
            new AuditQuery
            {
                UserIds = most, SourceIps = most, TraceIds = most, Instances = most, EventTypes =
                [
                    .. most,
                    .. most.Select(value => value + "*")
                ],
                Text = string.Join(' ', most), Details = most.ToDictionary(path => path + ".a.b.c", _ => (IReadOnlyList<string>)most),
            },
            Dialect,
            new AuditPageCursor(Lines.Noon, 1, 7),
            51);

        Assert.IsLessThan(2_000, query.Parameters.Length);
        TransactSql.AssertPlain(query.Text);
    }

    [TestMethod]
    public void Parameters_have_the_types_of_the_columns()
    {
        Assert.AreEqual((SqlDbType.NVarChar, 4_000), TypeOf("x"));
        Assert.AreEqual((SqlDbType.NVarChar, -1), TypeOf(new string('x', 4_001)));
        Assert.AreEqual(SqlDbType.DateTime2, TypeOf(Lines.Noon.AddTicks(1)).Type);
        Assert.AreEqual(SqlDbType.BigInt, TypeOf(7L).Type);
        Assert.AreEqual(SqlDbType.Int, TypeOf(7).Type);
    }

    private static (SqlDbType Type, int Size) TypeOf(object value)
    {
        var parameter = (SqlParameter)Dialect.Parameter("@p", value);
        return (parameter.SqlDbType, parameter.Size);
    }
}
