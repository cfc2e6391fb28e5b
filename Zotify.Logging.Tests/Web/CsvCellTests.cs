using System.Text;
using Zotify.Logging.AspNetCore.Endpoints.Audit;

namespace Zotify.Logging.Tests.Web;

/// <summary>Cells of a CSV file, as spreadsheets take them.</summary>
[TestClass]
public sealed class CsvCellTests
{
    [TestMethod]
    [DataRow("=1+1", "'=1+1")]
    [DataRow("+1+1", "'+1+1")]
    [DataRow("-A1", "'-A1")]
    [DataRow("-1", "-1")]
    [DataRow("+1", "+1")]
    [DataRow("-1.50e-7", "-1.50e-7")]
    [DataRow("-1\n", "\"'-1\n\"")]
    [DataRow("\n=1", "\"'\n=1\"")]
    [DataRow("\uFF1D1+1", "'\uFF1D1+1")]
    [DataRow("\uFF0B1", "'\uFF0B1")]
    [DataRow("\uFF0D1", "'\uFF0D1")]
    [DataRow("\uFF20A1", "'\uFF20A1")]
    [DataRow("@SUM(A1)", "'@SUM(A1)")]
    [DataRow("\t=1", "'\t=1")]
    [DataRow("\r=1", "\"'\r=1\"")]
    [DataRow("=\"a\"", "\"'=\"\"a\"\"\"")]
    [DataRow("a,b", "\"a,b\"")]
    [DataRow("a\nb", "\"a\nb\"")]
    [DataRow("a=1", "a=1")]
    [DataRow("", "")]
    [DataRow(null, "")]
    public void No_cell_ends_before_its_end_or_is_a_formula(string? value, string expected)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        AuditCsv.WriteRow(["x", value], output);
        Assert.AreEqual($"x,{expected}\r\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [TestMethod]
    public void Characters_of_two_code_units_stay_whole_in_cells_of_any_length()
    {
        // Of two rows, one would split a pair at the end of a buffer.
        var keys = string.Concat(Enumerable.Repeat("\U0001F511", 16_000));
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        AuditCsv.WriteRow(["x", keys], output);
        AuditCsv.WriteRow(["xy", keys], output);
        Assert.AreEqual($"x,{keys}\r\nxy,{keys}\r\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [TestMethod]
    [DataRow("x")]
    [DataRow("\U0001F511")]
    public void A_cell_is_no_longer_than_a_spreadsheet_takes(string letter)
    {
        var longest = string.Concat(Enumerable.Repeat(letter, CsvCell.MaxLength / letter.Length));
        Assert.AreEqual(longest, CsvCell.Of(longest));
        var cut = CsvCell.Of($"={longest}");
        Assert.IsTrue(cut.Length is CsvCell.MaxLength or CsvCell.MaxLength - 1);
        StringAssert.StartsWith(cut, $"'={letter}", StringComparison.Ordinal);
        StringAssert.EndsWith(cut, $"{letter}… [cut]", StringComparison.Ordinal);
    }
}
