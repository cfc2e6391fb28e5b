using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Zotify.Logging.Tests.Journal.Verification;

/// <summary>The chain is as docs/audit.md defines it, also for programs in other languages.</summary>
[TestClass]
public sealed class InteroperabilityTests
{
    /// <summary>Written by a program in Python, only from the definition of the format: two plain lines, then two keys.</summary>
    private const string Sample =
        """
        {"timestamp":"2026-11-23T15:06:10.0000001Z","event_type":"user.login","user_id":"u42","details":{"n":1,"place":"Zürich \"Süd\"","hash":"x"},"seq":1,"id":"019ab1c2-0000-7000-8000-000000000001","level":"Information","category":"Shop","event_id":1001,"message":"User u42 logged in","instance":"m1/shop","hash":"uafPmf6QMFTpY3mUrVrWz1IzesQ1e04sgaHe7tdqem0"}
        {"timestamp":"2026-11-23T15:06:10.0000002Z","event_type":"user.login","user_id":"u42","details":{"n":2,"place":"Zürich \"Süd\"","hash":"x"},"seq":2,"id":"019ab1c2-0000-7000-8000-000000000002","level":"Information","category":"Shop","event_id":1001,"message":"User u42 logged in","instance":"m1/shop","hash":"SM1JXlRvPeE349mEbzasCfJThV9DUaIkLYTG5fIvElo"}
        {"timestamp":"2026-11-23T15:06:10.0000003Z","event_type":"user.login","user_id":"u42","details":{"n":3,"place":"Zürich \"Süd\"","hash":"x"},"seq":3,"id":"019ab1c2-0000-7000-8000-000000000003","level":"Information","category":"Shop","event_id":1001,"message":"User u42 logged in","instance":"m1/shop","key_id":"k1","hash":"EVWCLDEC-WIjBcQRwgBG1XhmhimDm5SOesd4s_WAQ1E"}
        {"timestamp":"2026-11-23T15:06:10.0000004Z","event_type":"user.login","user_id":"u42","details":{"n":4,"place":"Zürich \"Süd\"","hash":"x"},"seq":4,"id":"019ab1c2-0000-7000-8000-000000000004","level":"Information","category":"Shop","event_id":1001,"message":"User u42 logged in","instance":"m1/shop","key_id":"k1","hash":"ruZVcahG935D6oxPnHFKE7Niq5ewbmbDkhOIvJ9QlBs"}
        {"timestamp":"2026-11-23T15:06:10.0000005Z","event_type":"user.login","user_id":"u42","details":{"n":5,"place":"Zürich \"Süd\"","hash":"x"},"seq":5,"id":"019ab1c2-0000-7000-8000-000000000005","level":"Information","category":"Shop","event_id":1001,"message":"User u42 logged in","instance":"m1/shop","key_id":"k2","hash":"2G7qT3llRSi-22xBIYWtuWKYVGBCb8krV5ErLPeLoFc"}

        """;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public void A_chain_that_another_program_wrote_verifies()
    {
        using var folder = new ChainFolder([]);
        folder.Keys = [ChainFolder.Key, ChainFolder.OtherKey];
        File.WriteAllText(folder.Journal.Active, Sample);
        Assert.AreEqual(new Verdict(null, null, 5, 1, 5, IsAnchored: true, 3, 0, 0), folder.Verify());
    }

    [TestMethod]
    public async Task The_program_in_the_guide_verifies_a_chain_and_finds_a_change()
    {
        using var folder = new ChainFolder(ChainFolder.Key);
        await File.WriteAllTextAsync(folder.Journal.PathOf("verify.py"), ProgramOfReadme(), Cancellation);
        Assert.AreEqual((0, "11 lines are as they were written"), await RunAsync(folder.Journal.Path, "verify.py", "k1=secret one"));

        var lines = folder.Read(1);
        folder.Write(1, [lines[0], lines[1].Replace("m5", "m6", StringComparison.Ordinal), lines[2]]);
        Assert.AreEqual((1, ""), await RunAsync(folder.Journal.Path, "verify.py", "k1=secret one"));
    }

    private static string ProgramOfReadme([CallerFilePath] string path = "")
    {
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/audit.md"));
        return readme.Split("```python\n")[1].Split("```")[0];
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments)
    {
        var start =
            new ProcessStartInfo("python3", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Start(start);
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        TestContext.WriteLine(await error);
        return (process.ExitCode, output.Trim());
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Assert.Inconclusive($"Python 3 is not installed: {exception.Message}");
            throw;
        }
    }
}
