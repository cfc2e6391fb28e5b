using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Copying;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

/// <summary>A new table or column is copied, too.</summary>
[TestClass]
public sealed class CopiedTableTests
{
    public required TestContext TestContext { get; set; }

    // The index of the texts is built again from the rows.
    private const string BuiltAgain = "audit_text";

    [TestMethod]
    public void Every_table_is_copied_with_every_column()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var tables = context.Model.GetEntityTypes()
            .Where(table => !table.GetTableName()!.StartsWith(BuiltAgain, StringComparison.Ordinal))
            .ToDictionary(
                table => table.GetTableName()!,
                table => string.Join(' ', table.GetProperties().Select(column => column.GetColumnName()).Order(StringComparer.Ordinal)));

        CollectionAssert.AreEquivalent(
            tables,
            CopiedTable.All.ToDictionary(
                table => table.Name,
                table => string.Join(' ', table.Rows.Columns.Select(column => column.Name).Order(StringComparer.Ordinal))));
    }

    [TestMethod]
    public async Task Rows_with_numbers_are_read_in_ranges_and_none_is_sorted()
    {
        using var store = new SqliteStore();
        var database = store.Open();
        await using var connection = await database.OpenForWritingAsync(TestContext.CancellationToken);
        foreach (var table in CopiedTable.All)
        {
            string[] queries = table.Number is null
                ? [table.InOrder(merges: false).Text]
                : [table.Page(connection.Dialect, 0, 10).Text, table.InAnyOrder().Text];
            foreach (var query in queries)
            {
                var plan = await store.ReadTextAsync(
                    "EXPLAIN QUERY PLAN " + query.Replace("@after", "7", StringComparison.Ordinal).Replace("@count", "10", StringComparison.Ordinal));
                Assert.DoesNotContain("TEMP B-TREE", plan, query);
            }

            // SQL Server sorts the whole table for an order that its clustered index does not have, unless few rows are asked for.
            var page = table.Number is null ? null : table.Page(new SqlServerDialect(), 0, 10).Text;
            if (page is not null) Assert.StartsWith("SELECT TOP (@count) ", page);
            Assert.DoesNotContain("ORDER BY", table.InAnyOrder().Text);
        }
    }
}
