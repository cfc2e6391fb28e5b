using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using Zotify.Logging.Handlers;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Dispatch;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.System;

/// <summary>Dropped records of the system log are reported as lines in the log itself, from the call to the file.</summary>
[TestClass]
public sealed partial class DroppedNoticeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zotify-dropped-");
    private readonly LogDirectory _directory;
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _fault;

    public DroppedNoticeTests() => _directory = new LogDirectory(_folder.FullName, "test", TimeProvider.System);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string[] Lines => File.ReadAllLines(_directory.FilePath("zotify_api.log"));

    [TestMethod]
    public async Task Records_dropped_by_a_full_queue_are_reported_once_in_the_log()
    {
        await using var test = Service();
        await FillAsync(test, dropped: 3);
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        test.Logger().LogInformation("later");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        StringAssert.EndsWith(Lines.Single(IsNotice), "3 records of the system log were dropped: queue_full 3", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Records_that_the_handler_failed_to_write_are_reported_by_the_next_batch()
    {
        await using var test = Service();
        _fault = new InvalidOperationException("not a matter of the disk");
        test.Logger().LogInformation("lost");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        _fault = null;
        test.Logger().LogInformation("next");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        Assert.HasCount(2, Lines);
        StringAssert.EndsWith(Lines[1], "1 records of the system log were dropped: handler_failed 1", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task The_shutdown_reports_what_was_not_reported_yet()
    {
        var test = Service();
        _fault = new InvalidOperationException("not a matter of the disk");
        test.Logger().LogInformation("lost");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        _fault = null;
        await test.DisposeAsync();
        StringAssert.EndsWith(Lines.Single(), "1 records of the system log were dropped: handler_failed 1", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_loss_together_with_a_notice_is_reported_with_both_afterwards()
    {
        var test = Service();
        await FillAsync(test, dropped: 2, _ => _fault = new InvalidOperationException("not a matter of the disk"));
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        _fault = null;
        await test.DisposeAsync();
        // The current batch, and the two that waited.
        StringAssert.EndsWith(
            Lines.Single(), "5 records of the system log were dropped: queue_full 2, handler_failed 3", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Under_load_the_lines_and_the_notices_in_the_file_make_up_all_that_was_logged()
    {
        const int Threads = 4;
        var calls = 5_000 * TestScale.Factor;
        var test = Service(batch: 3);
        var logger = test.Logger();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < calls; i++) logger.LogInformation("{Number}", i);
            },
            Cancellation)));
        await test.DisposeAsync();

        var reported = Lines.Where(IsNotice).Sum(line => long.Parse(Count().Match(line).Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.AreEqual(test.Status().Dropped[DropReason.QueueFull], reported);
        Assert.AreEqual(Threads * calls, Lines.Count(line => !IsNotice(line)) + reported);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _directory.Dispose();
        _folder.DeleteAll();
    }

    private static bool IsNotice(string line) => line.Contains(" Zotify.Logging[0] ", StringComparison.Ordinal);

    [GeneratedRegex(@"\] (\d+) records of the system log were dropped")]
    private static partial Regex Count();

    private ServiceUnderTest Service(int batch = 1) => new ServiceUnderTest { Time = new QuickTime() }.With(
        new FileStreamHandler(_directory, TimeProvider.System, Append),
        new FileStreamHandlerOptions { QueueCapacity = 2, MaxBatchSize = batch, MaxFileSize = long.MaxValue });

    private void Append(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        _entered.TrySetResult();
        _gate.Wait(Cancellation);
        if (_fault is { } fault) throw fault;
        RandomAccess.Write(file, bytes, offset);
    }

    /// <summary>One record with the handler, two in the queue, and some that do not fit; then the handler continues.</summary>
    private async Task FillAsync(ServiceUnderTest test, int dropped, Action<ServiceUnderTest>? before = null)
    {
        _gate.Reset();
        test.Logger().LogInformation("in hand");
        await _entered.Task.WaitAsync(Cancellation);
        for (var i = 0; i < 2 + dropped; i++) test.Logger().LogInformation("{Number}", i);
        before?.Invoke(test);
        _gate.Set();
    }
}
