using System.Buffers;
using System.Text.RegularExpressions;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>
/// A cell as spreadsheets take it. A text that a spreadsheet would take for a formula begins with an apostrophe, because logged values may
/// come from anybody, and a formula can send the rest of the sheet away. A number stays a number.
/// </summary>
internal static partial class CsvCell
{
    /// <summary>The most characters that a cell of Excel has. It would put the rest of a longer one into further rows.</summary>
    public const int MaxLength = 32_767;

    private const string Cut = "… [cut]";

    // Spreadsheets of East Asia take the full-width signs for the others.
    private static readonly SearchValues<char> StartOfFormula = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>The text of a cell.</summary>
    public static string Of(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var isFormula = StartOfFormula.Contains(value[0]) && !Number().IsMatch(value);
        var cell = Fit(isFormula ? $"'{value}" : value);
        return cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }

    private static string Fit(string cell)
    {
        if (cell.Length <= MaxLength) return cell;
        var end = MaxLength - Cut.Length;
        // No surrogate pair is split.
        if (char.IsHighSurrogate(cell[end - 1])) end--;
        return cell[..end] + Cut;
    }

    [GeneratedRegex(@"^[+-]?[0-9]{1,400}(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,4})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
