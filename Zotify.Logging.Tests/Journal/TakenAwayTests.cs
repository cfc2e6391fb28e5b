using System.Globalization;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

/// <summary>The active file is deleted, moved or replaced at the moment of an open or a roll, step by step and at random.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed class TakenAwayTests
{
    /// <summary>How often a roll checks its files, and one more.</summary>
    private const int Steps = 6;

    /// <summary>Fewer would show little.</summary>
    private const int LeastRemovals = 21;

    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    private readonly JournalFolder _folder = new();
    private readonly TemporaryFolder _elsewhere = new();
    private int _acknowledged;
    private int _removals;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_reader_waits_for_the_lines_of_a_deleted_file_and_does_not_take_them_for_gone(bool holds)
    {
        using var journal = _folder.Open();
        Append(journal, "m1", "m2");
        await journal.FlushAsync(Cancellation);
        var cursor = journal.Read(JournalCheckpoint.Start, 1)[0].ToCheckpoint();

        File.Delete(_folder.Active);
        // A JournalTruncatedException, or false, would make the database treat the rest as another journal.
        Assert.Throws<IOException>(() => holds ? journal.Holds(cursor) : journal.Read(cursor, 10).Count > 0);

        await MendedAsync(journal);
        Assert.IsTrue(journal.Holds(cursor));
        AreEqual(["m2"], Texts(journal.Read(cursor, 10)));
    }

    [TestMethod]
    [DynamicData(nameof(EveryStep))]
    public async Task At_each_step_of_a_roll_no_line_that_is_on_the_disk_is_lost_and_the_journal_goes_on(string how, int step)
    {
        var disk = new FaultyDisk();
        using (var journal = _folder.Open(disk))
        {
            Append(journal, "m1", "m2");
            await journal.FlushAsync(Cancellation);
            _folder.MaxFileSize = 1;
            disk.AfterLook = () =>
            {
                if (--step == 0) TakeAway(how);
            };
            // The call whose roll finds it out throws. A call that throws was not acknowledged, and the next ones succeed.
            var refused = TryAppend(journal, "m3") ? 0 : 1;
            _folder.MaxFileSize = 1_000_000;
            await MendedAsync(journal);
            if (refused == 1) Append(journal, "m3");
            await FlushAsync(journal);
        }

        AreEqual(Numbered(1, 3), InFiles());
        using var again = _folder.Open();
        AreEqual(Numbered(1, 3), Texts(again.Read(JournalCheckpoint.Start, 10)));
    }

    [TestMethod]
    public async Task A_segment_that_is_deleted_right_after_it_was_opened_loses_no_line()
    {
        var disk = new FaultyDisk();
        using (var journal = _folder.Open(disk))
        {
            Append(journal, "m1");
            await journal.FlushAsync(Cancellation);
            _folder.MaxFileSize = 1;
            disk.AfterOpen = () => File.Delete(_folder.Active);
            Assert.ThrowsExactly<IOException>(() => Append(journal, "m2"));
            Assert.ThrowsExactly<IOException>(() => Append(journal, "m2"));
            disk.AfterOpen = () => { };
            Append(journal, "m2");
            await FlushAsync(journal);
        }

        AreEqual(Numbered(1, 2), InFiles());
    }

    [TestMethod]
    public void A_journal_whose_file_is_deleted_while_it_is_opened_does_not_open()
    {
        var disk = new FaultyDisk { AfterOpen = () => File.Delete(_folder.Active) };
        var refused = Assert.ThrowsExactly<IOException>(() => _folder.Open(disk));
        StringAssert.Contains(refused.Message, "while it was opened", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_file_with_the_name_of_the_next_segment_is_renamed_and_not_written_to()
    {
        var disk = new FaultyDisk();
        using var journal = _folder.Open(disk);
        Append(journal, "m1");
        await journal.FlushAsync(Cancellation);
        _folder.MaxFileSize = 1;
        // Between the rename and the open.
        var looks = 0;
        disk.AfterLook = () =>
        {
            if (++looks == 3) File.CreateSymbolicLink(_folder.Active, _elsewhere.PathOf("victim"));
        };
        Append(journal, "m2");
        await journal.FlushAsync(Cancellation);
        Assert.IsFalse(File.Exists(_elsewhere.PathOf("victim")));
        Assert.IsNotNull(new FileInfo(_folder.Active + ".replaced").LinkTarget);
        AreEqual(Numbered(1, 2), InFiles());
    }

    [TestMethod]
    [Timeout(900_000, CooperativeCancellation = true)]
    [DataRow(1)]
    [DataRow(2)]
    public async Task However_often_somebody_deletes_and_moves_the_file_no_acknowledged_line_is_lost(int seed)
    {
        _folder.MaxFileSize = 300;
        var acknowledged = new List<string>();
        using (var journal = _folder.Open())
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var remover = new Thread(() => TakeAwayAtRandom(new Random(seed), stop.Token)) { IsBackground = true };
            remover.Start();
            // The other thread may get little of a busy machine.
            for (var n = 1; n <= 1_000 * TestScale.Factor || Volatile.Read(ref _removals) < LeastRemovals; n++)
            {
                Cancellation.ThrowIfCancellationRequested();
                var message = string.Create(CultureInfo.InvariantCulture, $"m{n}");
                try
                {
                    journal.AppendDurably(message, new TextFormat(), TestTimeout);
                    acknowledged.Add(message);
                    Volatile.Write(ref _acknowledged, n);
                }
                catch (IOException)
                {
                    await MendedAsync(journal);
                }
            }

            await stop.CancelAsync();
            remover.Join();
            await MendedAsync(journal);
        }

        TestContext.WriteLine($"{_removals} removals, {acknowledged.Count} lines acknowledged");
        CollectionAssert.IsSubsetOf(acknowledged, InFiles());
        using var again = _folder.Open();
        CollectionAssert.IsSubsetOf(acknowledged, Texts(again.Read(JournalCheckpoint.Start, int.MaxValue)));
    }

    private static IEnumerable<object[]> EveryStep =>
        from how in new[] { "deleted", "moved", "replaced", "linked" } from step in Enumerable.Range(1, Steps) select new object[] { how, step };

    private void TakeAwayAtRandom(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            // Not all the time: otherwise nothing could be written.
            var next = Volatile.Read(ref _acknowledged) + random.Next(1, 8);
            while (Volatile.Read(ref _acknowledged) < next && !stop.IsCancellationRequested) Thread.Yield();
            Thread.SpinWait(random.Next(2_000));
            try
            {
                if (!File.Exists(_folder.Active)) continue;
                TakeAway(random.Next(2) == 0 ? "deleted" : "moved");
                Interlocked.Increment(ref _removals);
            }
            catch (IOException)
            {
                // It is being renamed.
            }
        }
    }

    private void TakeAway(string how)
    {
        if (how is "deleted" or "replaced") File.Delete(_folder.Active);
        // The step may be one without a file.
        else if (File.Exists(_folder.Active)) File.Move(_folder.Active, _elsewhere.PathOf("moved"), overwrite: true);
        if (how == "replaced") File.WriteAllText(_folder.Active, "another");
        if (how == "linked") File.CreateSymbolicLink(_folder.Active, _elsewhere.PathOf("moved"));
    }

    private static bool TryAppend(JournalWriter journal, string message)
    {
        try
        {
            Append(journal, message);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task FlushAsync(JournalWriter journal)
    {
        while (true)
        {
            try
            {
                await journal.FlushAsync(Cancellation);
                return;
            }
            catch (IOException)
            {
                await MendedAsync(journal);
            }
        }
    }

    private async Task MendedAsync(JournalWriter journal)
    {
        while (journal.Failure is not null)
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>The lines in the files of the log alone, each once: a line that is void in one segment is in the next.</summary>
    private string[] InFiles() => [.. _folder.Segments.SelectMany(File.ReadAllLines).Select(line => line.Split('"')[3]).Distinct()];
}
