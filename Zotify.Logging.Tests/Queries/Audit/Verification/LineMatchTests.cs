using System.Text;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Database;
using Zotify.Logging.Queries;
using Zotify.Logging.Records;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>The quick comparison of a line with its row returns true only where it is certain.</summary>
[TestClass]
public sealed class LineMatchTests
{
    private const string Id = "019ac5d0-1111-7000-8000-0123456789ab";

    private const string Line =
        """
        {"timestamp":"2026-11-23T15:06:10.1234567Z","event_type":"user.login","user_id":"u42","details":{"n":1.50,"of":["x"]},"seq":7,
        """ + $"\"id\":\"{Id}\"," + """
        "level":"Information","category":"Shop","event_id":1001,"message":"Say \"\u00e9\" to Ælfheim","instance":"m1/shop","hash":"h"}
        """;

    [TestMethod]
    public void A_row_as_its_line_has_it_is_the_same() => Assert.IsTrue(IsSame(Line));

    [TestMethod]
    [DataRow("\"user_id\":\"u42\"", "\"user_id\":\"u43\"", DisplayName = "another text")]
    [DataRow("\"user_id\":\"u42\",", "", DisplayName = "a text that the line has not")]
    [DataRow("\"user_id\":\"u42\"", "\"user_id\":null", DisplayName = "null")]
    [DataRow("\"user_id\":\"u42\"", "\"user_id\":42", DisplayName = "a number for a text")]
    [DataRow("\"user_id\":\"u42\"", "\"user_id\":\"u42\",\"scope\":{}", DisplayName = "a field that the row has not")]
    [DataRow("\"user_id\":\"u42\"", "\"user_id\":\"u42\",\"user_id\":\"u42\"", DisplayName = "a field twice")]
    [DataRow("\"user_id\":\"u42\"", "\"user_id\":\"u42\",\"user\\u005fid\":\"u43\"", DisplayName = "a name in another form")]
    [DataRow("Ælfheim", "Ælfheim\\u0000", DisplayName = "a NUL")]
    [DataRow("Ælfheim", "\\ud800", DisplayName = "half of a pair")]
    [DataRow("\"event_id\":1001", "\"event_id\":1001.0", DisplayName = "another form of a number")]
    [DataRow("\"event_id\":1001", "\"event_id\":\"1001\"", DisplayName = "a text for a number")]
    [DataRow("\"n\":1.50", "\"n\":1.5", DisplayName = "another form inside of details")]
    [DataRow("15:06:10", "15:06:60", DisplayName = "no time")]
    [DataRow("15:06:10.1234567Z", "15:06:10.1234567+01:00", DisplayName = "another time")]
    [DataRow("019ac5d0-1111", "019ac5d0-1112", DisplayName = "another id")]
    [DataRow("\"level\":\"Information\",", "", DisplayName = "a line without its level")]
    public void Another_line_is_not(string part, string other) =>
        Assert.IsFalse(IsSame(Line.Replace(part, other, StringComparison.Ordinal)));

    [TestMethod]
    [DataRow("user_id", "x'753432'", DisplayName = "bytes for a text")]
    [DataRow("user_id", "''", DisplayName = "an empty text")]
    [DataRow("user_id", "NULL")]
    [DataRow("user_id", "'u42' || char(0)", DisplayName = "a NUL behind")]
    [DataRow("scope", "''", DisplayName = "an empty text for NULL")]
    [DataRow("key_id", "0")]
    [DataRow("event_id", "'1001'", DisplayName = "a text for a number")]
    [DataRow("event_id", "1001.0", DisplayName = "a real number")]
    [DataRow("event_id", "4294968297", DisplayName = "the same 32 bits")]
    [DataRow("timestamp", "'2026-11-23T15:06:10.123456Z'")]
    [DataRow("id", "upper('019ac5d0-1111-7000-8000-0123456789ab')")]
    [DataRow("details", "'{\"n\":1.50, \"of\":[\"x\"]}'")]
    [DataRow("hash", "'H'")]
    public void Another_row_is_not(string column, string value) => Assert.IsFalse(IsSame(Line, (column, value)));

    [TestMethod]
    public void A_text_that_may_have_been_cut_is_left_to_the_other_comparison()
    {
        var user = new string('u', ColumnLengths.Name);
        Assert.IsTrue(IsSame(Line.Replace("u42", user, StringComparison.Ordinal), ("user_id", $"'{user}'")));
        Assert.IsFalse(IsSame(Line.Replace("u42", user + "u", StringComparison.Ordinal), ("user_id", $"'{user}u'")));
    }

    [TestMethod]
    public void Bytes_that_are_no_UTF_8_are_left_to_the_other_comparison()
    {
        var line = Encoding.UTF8.GetBytes(Line);
        line[line.AsSpan().IndexOf("Shop"u8)] = 0xFF;
        Assert.IsFalse(IsSame(line, ("category", "CAST(x'FF686F70' AS TEXT)")));
    }

    private static bool IsSame(string line, params (string Column, string Value)[] changes) =>
        IsSame(Encoding.UTF8.GetBytes(line), changes);

    private static bool IsSame(byte[] line, params (string Column, string Value)[] changes)
    {
        var values = new Dictionary<string, string>
        {
            ["timestamp"] = "'2026-11-23T15:06:10.1234567Z'", ["event_type"] = "'user.login'", ["user_id"] = "'u42'",
            ["details"] = "'{\"n\":1.50,\"of\":[\"x\"]}'",
            ["id"] = $"'{Id}'", ["level"] = "'Information'", ["category"] = "'Shop'", ["event_id"] = "1001",
            ["message"] = "'Say \"é\" to Ælfheim'",
            ["instance"] = "'m1/shop'", ["hash"] = "'h'",
        };
        foreach (var (column, value) in changes) values[column] = value;
        var columns = AuditEventRow.Columns.Where(column => column.Name is not ("journal_id" or "seq")).ToArray();
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT 7, {string.Join(", ", columns.Select(column => values.GetValueOrDefault(column.Name, "NULL")))}";
        using var row = command.ExecuteReader();
        Assert.IsTrue(row.Read());
        return new LineMatch(LineField.Of(columns)).IsSame(line, new SqliteDialect().Values(row)!);
    }
}
