using System.Globalization;
using System.Text;
using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Tests.Diagnostics;

[TestClass]
public sealed class BackgroundOutputTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);

    [TestMethod]
    public void All_queued_lines_are_written_in_order_when_flush_returns()
    {
        using var target = new StringWriter { NewLine = "\n" };
        using var output = new BackgroundOutput(() => target, Long);
        for (var i = 0; i < 100; i++) output.WriteLine(i.ToString(CultureInfo.InvariantCulture));
        output.Flush();
        Assert.AreEqual(string.Join("", Enumerable.Range(0, 100).Select(i => $"{i}\n")), target.ToString());
    }

    [TestMethod]
    [Timeout(600_000)]
    public void Callers_do_not_wait_for_a_stuck_output_and_lines_that_did_not_fit_are_counted()
    {
        using var target = new StuckOutput();
        using var output = new BackgroundOutput(() => target, Long);
        output.WriteLine("first");
        target.Began.Wait();
        for (var i = 0; i < 1_000; i++) output.WriteLine("more");
        target.Gate.Set();
        output.Flush();
        var lines = target.Lines;
        // 256 wait, besides the one that is being written.
        Assert.AreEqual($"zotify-logging: {1_000 - 256} lines could not be written here", lines[1]);
        Assert.AreEqual(256, lines.Count(line => line == "more"));
    }

    [TestMethod]
    [Timeout(600_000)]
    public void Flush_waits_for_a_stuck_output_once_and_no_longer_than_its_timeout()
    {
        using var target = new StuckOutput();
        using var output = new BackgroundOutput(() => target, TimeSpan.FromMilliseconds(200));
        output.WriteLine("first");
        output.Flush();
        Assert.IsEmpty(target.Lines);
        var start = Environment.TickCount64;
        for (var i = 0; i < 1_000; i++) output.Flush();
        Assert.IsLessThan(60_000, Environment.TickCount64 - start);
        target.Gate.Set();
    }

    [TestMethod]
    public void Lines_that_a_broken_output_refused_are_counted_when_it_is_mended()
    {
        using var target = new BrokenOutput { NewLine = "\n", IsBroken = true };
        using var output = new BackgroundOutput(() => target, Long);
        output.WriteLine("first");
        output.WriteLine("second");
        output.Flush();
        target.IsBroken = false;
        output.WriteLine("third");
        output.Flush();
        Assert.AreEqual("third\nzotify-logging: 2 lines could not be written here\n", target.ToString());
    }

    private sealed class BrokenOutput : StringWriter
    {
        public bool IsBroken { get; set; }

        public override void WriteLine(string? value)
        {
            if (IsBroken) throw new IOException("Broken pipe");
            base.WriteLine(value);
        }
    }

    private sealed class StuckOutput : TextWriter
    {
        private readonly List<string> _lines = [];

        public ManualResetEventSlim Gate { get; } = new();

        public ManualResetEventSlim Began { get; } = new();

        public string[] Lines
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            Began.Set();
            Gate.Wait();
            lock (_lines) _lines.Add(value!);
        }
    }
}
