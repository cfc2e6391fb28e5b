using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>Which differences of rows are faults, which are not, and changes during a verification.</summary>
[TestClass]
public sealed class RowVerificationTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Segments_that_are_deleted_after_they_were_listed_make_it_start_again_however_often()
    {
        using var scene = await AuditScene.NewAsync();
        var count = scene.Files.Paths.Length;
        var starts = 0;
        var verifier = scene.Verifier(keys: () =>
        {
            starts++;
            if (scene.Files.Paths is { Length: > 2 } paths) File.Delete(paths[0]);
            return [];
        });
        var result = await verifier.VerifyFilesAsync(scene.Root, Cancellation);
        Assert.AreEqual((AuditVerificationStatus.Valid, scene.First, count - 1), (result.Status, result.FirstSeq, starts), result.Reason);
        Assert.IsGreaterThan(3, starts);
    }

    [TestMethod]
    public async Task A_row_that_is_wrong_only_once_is_checked_again()
    {
        using var scene = await AuditScene.NewAsync();
        var looks = 0;
        var verifier = scene.Verifier(beforeTheFiles: () =>
        {
            scene.Execute($"UPDATE audit_events SET user_id = '{(++looks == 1 ? "u43" : "u42")}' WHERE user_id IS NOT NULL");
            return AuditScene.Instance;
        });
        var result = await verifier.VerifyAsync(Cancellation);
        Assert.AreEqual((AuditVerificationStatus.Valid, 2), (result.Status, looks), result.Reason);
    }

    [TestMethod]
    public async Task A_line_that_was_set_aside_needs_no_row_and_is_counted()
    {
        using var scene = await AuditScene.NewAsync();
        var journal = (await File.ReadAllTextAsync(scene.Files.IdFile, Cancellation)).Trim();
        scene.Execute(
            """
            UPDATE audit_counts SET count = count - 1 WHERE (substr(hour, 1, 13), event_type) = (SELECT substr(timestamp, 1, 13), event_type FROM audit_events WHERE seq = 5);
            DELETE FROM audit_counts WHERE count = 0;
            DELETE FROM audit_events WHERE seq = 5;
            """);
        Assert.AreEqual((AuditRowsStatus.Broken, 5), Rows(await scene.VerifyAsync(Cancellation)));
        // It is about another journal.
        await File.WriteAllTextAsync(
            scene.Files.Active + ".rejected",
            "no entry\n{\"seq\":5,\"journal\":\"00000000-0000-7000-8000-000000000000\",\"line\":{}}\n",
            Cancellation);
        Assert.AreEqual((AuditRowsStatus.Broken, 5), Rows(await scene.VerifyAsync(Cancellation)));
        await File.AppendAllTextAsync(
            scene.Files.Active + ".rejected", $"{{\"seq\":5,\"journal\":\"{journal}\",\"line\":{scene.Files.Lines[4]}}}\n", Cancellation);
        var result = await scene.VerifyAsync(Cancellation);
        Assert.AreEqual((AuditRowsStatus.Valid, null), Rows(result));
        Assert.AreEqual(1, result.Database!.SetAside);
    }

    [TestMethod]
    public async Task Values_that_no_column_should_have_are_findings_and_nothing_else()
    {
        foreach (var column in (string[])["id", "timestamp", "event_type", "level", "category", "instance", "event_id", "details", "user_id", "hash", "key_id"])
        {
            foreach (var value in (string[])["x'00ff'", "'\u00e9 no such value'", "1.5", "9223372036854775807"])
            {
                using var scene = await AuditScene.NewAsync();
                scene.Execute($"UPDATE audit_events SET {column} = {value} WHERE seq = 5");
                Assert.AreEqual((AuditRowsStatus.Broken, 5), Rows(await scene.VerifyAsync(Cancellation)), $"{column} = {value}");
            }
        }
    }

    [TestMethod]
    [DataRow("UPDATE journals SET seq = 'x' WHERE name = 'audit.log.json'")]
    [DataRow("UPDATE journals SET hash = x'00' WHERE name = 'audit.log.json'")]
    [
        DataRow(
            "UPDATE journals SET instance = 'another' WHERE name = 'audit.log.json'; UPDATE journals SET journal = 'x' WHERE name = 'audit.log.json'")
    ]
    [DataRow("UPDATE journals SET id = 99 WHERE name = 'audit.log.json'")]
    [DataRow("UPDATE audit_counts SET count = 'x'")]
    [DataRow("UPDATE audit_counts SET hour = hour || 'x' WHERE event_type = 'user.login'")]
    [DataRow("UPDATE audit_events SET journal_id = 'x' WHERE seq = 5")]
    [DataRow("UPDATE audit_events SET seq = 'x' WHERE seq = 5")]
    [DataRow("DROP TABLE audit_counts")]
    [DataRow("DROP TABLE journals")]
    public async Task Tables_that_nobody_should_write_never_make_it_throw(string sql)
    {
        using var scene = await AuditScene.NewAsync();
        scene.Execute(sql);
        var result = await scene.VerifyAsync(Cancellation);
        Assert.AreNotEqual(AuditRowsStatus.Valid, result.Rows, $"{result}");
    }

    [TestMethod]
    public async Task Without_the_database_the_rows_are_unknown()
    {
        using var scene = await AuditScene.NewAsync();
        File.Move(scene.DatabasePath, scene.DatabasePath + ".away");
        Directory.CreateDirectory(scene.DatabasePath);
        var result = await scene.VerifyAsync(Cancellation);
        Assert.AreEqual((AuditFilesStatus.Valid, AuditRowsStatus.Unknown), (result.Files, result.Rows));
        StringAssert.Contains(result.RowsReason, "could not be read", StringComparison.Ordinal);
    }

    private static (AuditRowsStatus, long?) Rows(AuditVerification result) => (result.Rows, result.FirstBadRow);
}
