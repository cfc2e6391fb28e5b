using System.Data;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Columns;

/// <summary>
/// The columns of a table are declared once, in the <c>Columns</c> of its rows. These tests find a column that somebody adds there and
/// forgets elsewhere.
/// </summary>
public abstract partial class ColumnsContract<TRow>
    where TRow : class
{
    /// <summary>The name of the table.</summary>
    private protected abstract string Table { get; }

    /// <summary>The one list.</summary>
    private protected abstract IReadOnlyList<RowColumn<TRow>> Columns { get; }

    /// <summary>The column that the engine assigns; <see langword="null"/> where there is none.</summary>
    private protected abstract string? Given { get; }

    /// <summary>The table for writing rows.</summary>
    private protected abstract SqlTable<TRow> Written { get; }

    /// <summary>The columns that queries select, each with the table's alias.</summary>
    private protected abstract string Selected { get; }

    private protected string[] Names => [.. Columns.Select(column => column.Name)];

    [TestMethod]
    public void Every_property_of_the_row_is_a_column()
    {
        var properties = typeof(TRow).GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        CollectionAssert.AreEqual(properties.Where(name => name != Given).ToArray(), Names);
    }

    [TestMethod]
    public void The_table_and_its_reader_have_every_column()
    {
        Assert.AreEqual(Table, Written.Name);
        CollectionAssert.AreEquivalent(Names, Written.Columns.Select(column => column.Name).ToArray());
        var selected = Selected.Split(", ").Select(column => column[(column.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        CollectionAssert.AreEqual(Given is null ? Names : [Given, .. Names], selected.ToArray());
    }

    [TestMethod]
    public void A_column_reads_its_value_and_sets_no_other()
    {
        foreach (var column in Columns)
        {
            var row = NewRow();
            var before = Values(row);
            var value = Stored(column);
            Read(column, row, value);
            Assert.AreEqual(value, column.Value(row), column.Name);
            AssertChanged(column.Name, row, before);
        }
    }

    [TestMethod]
    public void The_model_has_every_column_with_its_type_and_length()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var model = context.Model.FindEntityType(typeof(TRow))!.GetProperties()
            .Where(column => column.ValueGenerated == ValueGenerated.Never).ToArray();
        CollectionAssert.AreEquivalent(
            Columns.Select(column => (column.Name, column.Type, column.Length)).ToArray(),
            Array.ConvertAll(
                model,
                column => (
                    column.GetColumnName(),
                    Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType,
                    column.GetMaxLength())));
        foreach (var name in model.Where(column => column.IsNullable).Select(column => column.GetColumnName()))
        {
            var column = Columns.Single(column => column.Name == name);
            var row = NewRow();
            Read(column, row, Stored(column));
            Read(column, row, DBNull.Value);
            Assert.IsNull(column.Value(row), name);
        }
    }

    [TestMethod]
    public void The_document_has_every_column_with_its_type()
    {
        var document = Repository.Read("docs/sql.md");
        var section = document[document.IndexOf($"## {Table}\n", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", StringComparison.Ordinal)];
        var documented = DocumentedColumn().Matches(section).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");
        string[] given = Given is null ? [] : [$"{Given} bigint"];
        CollectionAssert.AreEqual(
            given.Concat(Columns.Select(column => $"{column.Name} {SqlType(column)}")).ToArray(), documented.ToArray());
    }

    /// <summary>A row without a value that the tests set.</summary>
    private protected abstract TRow NewRow();

    private protected object?[] Values(TRow row) => [.. Columns.Select(column => column.Value(row))];

    private protected void AssertChanged(string name, TRow row, object?[] before)
    {
        var changed = Columns.Where((column, i) => !Equals(column.Value(row), before[i])).Select(column => column.Name);
        Assert.AreEqual(name, string.Join(' ', changed));
    }

    private static object Stored(RowColumn<TRow> column) => column.Type switch
    {
        var type when type == typeof(string) => "x",
        var type when type == typeof(Guid) => Guid.CreateVersion7(Some.Time),
        var type when type == typeof(DateTime) => Some.Time.UtcDateTime,
        var type when type == typeof(int) => 17,
        _ => 17L,
    };

    private static void Read(RowColumn<TRow> column, TRow row, object value)
    {
        using var data = new DataTable();
        data.Columns.Add(column.Name, column.Type);
        data.Rows.Add(value);
        using var reader = data.CreateDataReader();
        Assert.IsTrue(reader.Read());
        column.Read(row, reader, 0, new SqlServerDialect());
    }

    private static string SqlType(RowColumn<TRow> column) => column.Type switch
    {
        var type when type == typeof(string) => column.Length is { } length ? $"nvarchar({length})" : "nvarchar(max)",
        var type when type == typeof(Guid) => "uniqueidentifier",
        var type when type == typeof(DateTime) => "datetime2(7)",
        var type when type == typeof(int) => "int",
        _ => "bigint",
    };

    [GeneratedRegex(@"^\| `(\w+)` \| ([\w()]+) \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedColumn();
}
