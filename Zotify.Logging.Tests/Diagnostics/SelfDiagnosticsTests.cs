using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Tests.Diagnostics;

[TestClass]
public sealed class SelfDiagnosticsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 15, 6, 10, TimeSpan.Zero));

    [TestMethod]
    public void A_failure_that_repeats_is_reported_every_ten_seconds_with_how_many_were_held_back()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var diagnostics = new SelfDiagnostics(_time, output);
        for (var i = 0; i < 5; i++) diagnostics.Report("Audit", FailureKind.Temporary, "cannot write", new IOException("disk full"));
        diagnostics.Report("Audit", FailureKind.Final, "gave up");
        diagnostics.Report("Jobs", FailureKind.Temporary, "cannot write");
        _time.Advance(TimeSpan.FromSeconds(10));
        diagnostics.Report("Audit", FailureKind.Temporary, "cannot write");
        Assert.AreEqual(
            "zotify-logging: Audit: temporary: cannot write [IOException: disk full]\n"
            + "zotify-logging: Audit: final: gave up\n"
            + "zotify-logging: Jobs: temporary: cannot write\n"
            + "zotify-logging: Audit: temporary: cannot write (4 more held back)\n",
            output.ToString());
    }

    [TestMethod]
    public void Lines_held_back_are_written_at_the_end_and_after_it_nothing_is_held_back()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var diagnostics = new SelfDiagnostics(_time, output);
        for (var i = 1; i <= 4; i++) diagnostics.Report("Audit", FailureKind.Final, $"{i} records are dropped");
        diagnostics.Report("Jobs", FailureKind.Final, "reported at once");
        diagnostics.End();
        diagnostics.End();
        diagnostics.Report("Audit", FailureKind.Final, "after the end");
        Assert.AreEqual(
            "zotify-logging: Audit: final: 1 records are dropped\n"
            + "zotify-logging: Jobs: final: reported at once\n"
            + "zotify-logging: Audit: final: 4 records are dropped (2 more held back)\n"
            + "zotify-logging: Audit: final: after the end\n",
            output.ToString());
    }

    [TestMethod]
    public void An_output_that_throws_harms_nothing_and_its_lost_lines_are_reported_when_it_works_again()
    {
        using var output = new ClosedPipe();
        var diagnostics = new SelfDiagnostics(_time, output);
        diagnostics.Report("Audit", FailureKind.Temporary, "first");
        diagnostics.Report("Audit", FailureKind.Temporary, "second");
        diagnostics.End();
        Assert.AreEqual(2, output.Refused);

        output.IsOpen = true;
        diagnostics.Report("Audit", FailureKind.Temporary, "third");
        Assert.AreEqual("zotify-logging: Audit: temporary: third (2 more held back)", output.ToString().Trim());
    }

    [TestMethod]
    public void A_clock_that_is_set_back_silences_nothing()
    {
        using var output = new StringWriter();
        var time = new SetBackTime(_time);
        var diagnostics = new SelfDiagnostics(time, output);
        diagnostics.Report("Audit", FailureKind.Temporary, "first");
        time.Back = TimeSpan.FromHours(1);
        _time.Advance(TimeSpan.FromSeconds(10));
        diagnostics.Report("Audit", FailureKind.Temporary, "second");
        StringAssert.Contains(output.ToString(), "second", StringComparison.Ordinal);
    }

    [TestMethod]
    public void However_many_sources_there_are_few_are_remembered_and_the_flood_is_held_back()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var diagnostics = new SelfDiagnostics(_time, output);
        for (var i = 0; i < 100_000; i++) diagnostics.Report(i.ToString(CultureInfo.InvariantCulture), FailureKind.Temporary, "flood");
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(257, lines);
        Assert.IsNull(diagnostics.LastOf("99999"));
        diagnostics.End();
        StringAssert.EndsWith(
            output.ToString(), $"zotify-logging: 99999: temporary: flood ({100_000 - 257 - 1} more held back)\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_message_without_end_is_cut()
    {
        using var output = new StringWriter();
        new SelfDiagnostics(_time, output).Report("Audit", FailureKind.Temporary, "x", new IOException(new string('y', 10_000_000)));
        Assert.IsLessThan(40_000, output.ToString().Length);
    }

    [TestMethod]
    public void The_last_error_of_a_source_is_kept_with_its_beginning_and_its_last_time()
    {
        var diagnostics = new SelfDiagnostics(_time, TextWriter.Null);
        var start = _time.GetUtcNow();
        Assert.IsNull(diagnostics.LastOf("Audit"));
        diagnostics.Report("Audit", FailureKind.Temporary, "1 records wait", new IOException("disk full"));
        _time.Advance(TimeSpan.FromSeconds(50));
        diagnostics.Report("Audit", FailureKind.Temporary, "2 records wait", new IOException("disk full"));
        diagnostics.Report("Jobs", FailureKind.Temporary, "another's");
        _time.Advance(TimeSpan.FromHours(1));
        var kept = diagnostics.LastOf("Audit")!;
        Assert.AreEqual(("2 records wait [IOException: disk full]", start, start.AddSeconds(50)), (kept.Message, kept.Since, kept.At));

        diagnostics.Remember("Audit", "again", new IOException("disk full"));
        var again = diagnostics.LastOf("Audit")!;
        Assert.AreEqual(("again [IOException: disk full]", _time.GetUtcNow(), _time.GetUtcNow()), (again.Message, again.Since, again.At));
    }

    private sealed class ClosedPipe : StringWriter
    {
        public bool IsOpen { get; set; }

        public int Refused { get; private set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            if (!IsOpen)
            {
                Refused++;
                throw new IOException("Broken pipe");
            }

            base.WriteLine(value);
        }
    }

    private sealed class SetBackTime(TimeProvider time) : TimeProvider
    {
        public TimeSpan Back { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() - Back;

        public override long GetTimestamp() => time.GetTimestamp();
    }
}
