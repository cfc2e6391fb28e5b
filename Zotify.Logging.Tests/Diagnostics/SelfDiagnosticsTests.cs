using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Provider.Diagnostics;

namespace Zotify.Logging.Tests.Diagnostics;

[TestClass]
public sealed class SelfDiagnosticsTests
{
    [TestMethod]
    public void A_failure_that_repeats_is_told_every_ten_seconds_with_how_many_were_held_back()
    {
        var time = new FakeTimeProvider();
        using var output = new StringWriter { NewLine = "\n" };
        var diagnostics = new SelfDiagnostics(time, output);
        for (var i = 0; i < 5; i++) diagnostics.Report("Audit", FailureKind.Temporary, "cannot write", new IOException("disk full"));
        diagnostics.Report("Audit", FailureKind.Final, "gave up");
        diagnostics.Report("Jobs", FailureKind.Temporary, "cannot write");
        time.Advance(TimeSpan.FromSeconds(10));
        diagnostics.Report("Audit", FailureKind.Temporary, "cannot write");
        Assert.AreEqual(
            "zotify-logging: Audit: temporary: cannot write [IOException: disk full]\n"
            + "zotify-logging: Audit: final: gave up\n"
            + "zotify-logging: Jobs: temporary: cannot write\n"
            + "zotify-logging: Audit: temporary: cannot write (4 more held back)\n",
            output.ToString());
    }
}
