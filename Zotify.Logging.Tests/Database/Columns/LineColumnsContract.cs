using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Columns;

/// <summary>As <see cref="ColumnsContract{TRow}"/>, for a table whose rows come from a journal's lines.</summary>
public abstract class LineColumnsContract<TRow> : ColumnsContract<TRow>
    where TRow : class
{
    private static readonly string[] OfTheJournal = ["journal_id", "seq"];

    /// <summary>The one list.</summary>
    private protected abstract IReadOnlyList<LineColumn<TRow>> LineColumns { get; }

    private protected sealed override IReadOnlyList<RowColumn<TRow>> Columns => LineColumns;

    [TestMethod]
    public void The_parser_fills_every_column_and_cuts_it_to_its_length()
    {
        var row = Parse(FullLine(), journalId: 3);
        foreach (var column in LineColumns)
        {
            var value = column.Value(row);
            Assert.IsNotNull(value, column.Name);
            Assert.AreEqual(column.Type, value.GetType(), column.Name);
            if (column.Length is { } length) Assert.AreEqual(length, ((string)value).Length, column.Name);
        }

        CollectionAssert.AreEqual((object[])[3L, 17L], OfTheJournal.Select(name => Column(name).Value(row)).ToArray());
    }

    [TestMethod]
    public void A_field_of_the_line_sets_its_column_and_no_other()
    {
        foreach (var column in LineColumns.Where(column => !OfTheJournal.Contains(column.Name)))
        {
            var row = NewRow();
            var before = Values(row);
            column.Parse(row, JsonSerializer.SerializeToElement(new Dictionary<string, object?> { [column.Name] = Sample(column) }));
            AssertChanged(column.Name, row, before);
        }
    }

    /// <summary>The row that the parser creates from a line.</summary>
    private protected abstract TRow Parse(JournalLine line, long journalId);

    /// <summary>A line that has all fields.</summary>
    private protected JournalLine FullLine() => new(
        17, JsonSerializer.SerializeToUtf8Bytes(LineColumns.ToDictionary(column => column.Name, Sample)), 1, 0);

    private LineColumn<TRow> Column(string name) => LineColumns.Single(column => column.Name == name);

    /// <summary>A value as a line has it. Texts are longer than any column.</summary>
    private static object? Sample(LineColumn<TRow> column) => column.Type switch
    {
        _ when column.IsJson => new { a = 1 },
        var type when type == typeof(Guid) => Guid.CreateVersion7(Some.Time),
        var type when type == typeof(DateTime) => Some.Time,
        var type when type == typeof(string) => new string('x', 1_000),
        _ => 17,
    };
}
