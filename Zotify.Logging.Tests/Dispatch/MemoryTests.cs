using System.Globalization;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class MemoryTests
{
    private const int MostInHand = 1_000;
    private const int Seconds = 3;

    /// <summary>
    /// Where the caches of the processor are large, the garbage collector lets as much garbage wait. The test measures what is held.
    /// </summary>
    private static readonly string[] EagerCollector = ["DOTNET_GCgen0size=0x400000", "DOTNET_GCgen0MaxBudget=0x600000"];

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    [DataRow(OverflowMode.Drop, 1, false, 200)]
    [DataRow(OverflowMode.Wait, 4, true, 200)]
    // The system log's queue is full as well then.
    [DataRow(OverflowMode.Drop, 4, true, 400)]
    public async Task Memory_stays_bounded_when_callers_outrun_a_stuck_handler(
        OverflowMode overflow, int threads, bool all, int mostMebibytes)
    {
        using var folder = new TemporaryFolder();
        var seconds = Seconds * TestScale.Factor;
        string[] arguments =
            [.. ((object[])[overflow, seconds, threads, all]).Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!)];
        await using var program = OperatingSystem.IsWindows()
            ? ChildProcess.Run<Outrun>(folder.Path, arguments)
            : ChildProcess.RunThrough<Outrun>(["env", .. EagerCollector], folder.Path, arguments);
        var figures = await program.ReadLineAsync(TestContext.CancellationToken);
        await program.EndAsync(TestContext.CancellationToken);
        var numbers = Array.ConvertAll(figures.Split(' '), text => long.Parse(text, CultureInfo.InvariantCulture));
        var (logged, queued, dropped, mebibytes) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        TestContext.WriteLine(
            $"{overflow}, {threads} threads, {seconds} s: {logged} records logged, {queued} queued, {dropped} dropped; peak working set "
                + $"{mebibytes} MiB");

        Assert.IsPositive(dropped, "nothing was outrun");
        Assert.IsInRange(0, MostInHand, logged - queued - dropped, "every record is in the queue, in the handler's hands, or counted");
        Assert.IsLessThan(mostMebibytes, mebibytes);
    }
}
