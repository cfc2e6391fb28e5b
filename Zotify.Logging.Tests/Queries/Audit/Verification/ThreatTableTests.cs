using System.Runtime.CompilerServices;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>The table of docs/audit.md has the result of a verification for each threat: every cell is a case.</summary>
[TestClass]
public sealed class ThreatTableTests
{
    private static readonly IReadOnlyDictionary<string, string[]> Table = File.ReadLines(
        Path.Combine(Folder(), "../../../../docs/audit.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Count(letter => letter == '|') == 6)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(cells => cells[1].Trim('`'), cells => cells[2..6]);

    public required TestContext TestContext { get; set; }

    public static IEnumerable<object[]> Cells =>
        from threat in Threats.All.Keys
        from hasKey in (bool[])[false, true]
        select (object[])[threat, hasKey];

    [TestMethod]
    public void The_table_has_the_cases_and_no_others() => CollectionAssert.AreEquivalent(Threats.All.Keys.ToArray(), Table.Keys.ToArray());

    [TestMethod]
    [DynamicData(nameof(Cells))]
    public async Task A_verification_returns_what_the_table_says(string threat, bool hasKey)
    {
        using var scene = await AuditScene.NewAsync(hasKey);
        var clean = await scene.VerifyAsync(TestContext.CancellationToken);
        Assert.AreEqual((AuditFilesStatus.Valid, AuditRowsStatus.Valid), (clean.Files, clean.Rows), $"{clean}");
        await Threats.All[threat](scene);
        var result = await scene.VerifyAsync(TestContext.CancellationToken);
        Assert.AreEqual(Table[threat][hasKey ? 3 : 2], Describe(result), $"{result}");
        var isFound = result.Files != AuditFilesStatus.Valid || result.Rows == AuditRowsStatus.Broken;
        Assert.AreEqual(isFound, result.Status != AuditVerificationStatus.Valid);
    }

    private static string Describe(AuditVerification result)
    {
        var line = result.FirstBadSeq is null ? "" : " at the line";
        var row = result.FirstBadRow is not null ? " at the row" : result.FirstBadCount is not null ? " at the count" : "";
        var earlier = result.Database?.EarlierJournals > 0 ? ", an earlier log" : "";
        return $"files {result.Files.ToString().ToLowerInvariant()}{line}, rows {result.Rows.ToString().ToLowerInvariant()}{row}{earlier}";
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
