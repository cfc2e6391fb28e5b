using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Zotify.Logging.Tests.Database.Documentation;

/// <summary>Writes the rows of a result as <c>docs/sql.md</c> does, the same for all engines.</summary>
internal static partial class Answers
{
    /// <summary>The names of the columns, and the rows, of a statement's result.</summary>
    public static async Task<string> OfAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = Enumerable.Range(0, reader.FieldCount).ToArray();
        List<string> lines = [string.Join(" | ", columns.Select(reader.GetName))];
        while (await reader.ReadAsync(cancellationToken)) lines.Add(Row(columns.Select(reader.GetValue)));
        return string.Join('\n', lines);
    }

    /// <summary>The rows of a query in LINQ.</summary>
    public static string Of(IEnumerable<object> rows) => string.Join(
        '\n', rows.Select(row => Row(row.GetType().GetProperties().Select(property => property.GetValue(row)))));

    /// <summary>The values with single blanks around the bars: the document aligns them.</summary>
    public static string Normal(string answer) => Bars().Replace(answer, " | ");

    private static string Row(IEnumerable<object?> values) => string.Join(" | ", values.Select(Text)).TrimEnd();

    private static string Text(object? value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        Guid => "(id)",
        string text when Guid.TryParseExact(text, "D", out _) => "(id)",
        string text when Time().IsMatch(text) => $"{text[..10]} {text[11..19]}",
        null or DBNull => "",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{7}Z)?$")]
    private static partial Regex Time();

    [GeneratedRegex(@" *\| *")]
    private static partial Regex Bars();
}
