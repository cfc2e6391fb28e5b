using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database;

/// <summary>The columns that rows are written and read by, compared with EF Core's model, which SQL Server's schema comes from.</summary>
[TestClass]
public sealed class SqlTablesTests
{
    [TestMethod]
    public void Tables_have_the_models_columns_and_types()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        AssertSame(context.Model, SqlTables.AuditEvents);
        AssertSame(context.Model, SqlTables.JobLogs);
        AssertSame(context.Model, SqlTables.Jobs);
    }

    [TestMethod]
    public void Readers_read_all_of_the_models_columns()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        AssertReads(context.Model, "audit_events", AuditRowReader.Columns);
        AssertReads(context.Model, "job_logs", JobLogRowReader.Columns);
        AssertReads(context.Model, "jobs", JobRowReader.Columns);
        AssertReads(context.Model, "instances", string.Join(", ", InstanceRow.Columns.Select(column => $"i.{column.Name}")));
    }

    private static void AssertSame<TRow>(IModel model, SqlTable<TRow> table)
    {
        var entity = model.FindEntityType(typeof(TRow))!;
        var written = entity.GetProperties().Where(column => column.ValueGenerated == ValueGenerated.Never).ToArray();
        Assert.AreEqual(entity.GetTableName(), table.Name);
        CollectionAssert.AreEqual(
            written.Select(
                column => (column.GetColumnName(), Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType, IsLong(column))).ToArray(),
            table.Columns.Select(column => (column.Name, column.Type, column.IsLong)).ToArray());
    }

    private static bool IsLong(IProperty column) => column.ClrType == typeof(string) && column.GetMaxLength() is null;

    private static void AssertReads(IModel model, string table, string columns) => CollectionAssert.AreEquivalent(
        model.GetEntityTypes()
            .Single(entity => entity.GetTableName() == table).GetProperties().Select(column => column.GetColumnName()).ToArray(),
        columns.Split(',').Select(column => column.Trim()[2..]).ToArray());
}
