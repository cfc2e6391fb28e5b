using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Copying;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Copying;

/// <summary>A new table or column is copied, too.</summary>
[TestClass]
public sealed class CopiedTableTests
{
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
}
