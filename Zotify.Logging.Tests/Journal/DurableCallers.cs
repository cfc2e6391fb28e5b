using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

/// <summary>Callers that block until their line is on the disk, each on a thread of its own.</summary>
internal static class DurableCallers
{
    public static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Callers with <c>m1</c> and so on: the first is in the flush, which waits for the gate, and the others wait for the
    /// first.</summary>
    public static async Task<Task[]> BlockedAsync(JournalWriter journal, FaultyDisk disk, int count)
    {
        disk.FlushGate.Reset();
        var before = disk.Flushes;
        var callers = new List<Task>();
        foreach (var message in Numbered(1, count))
        {
            callers.Add(OnThread(() => journal.AppendDurably(message, new TextFormat(), TestTimeout), out _));
            while (disk.Flushes == before || journal.Waiting < callers.Count - 1) await Task.Yield();
        }

        return [.. callers];
    }

    public static Task OnThread(Action action, out Thread thread)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        thread = new Thread(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        thread.Start();
        return done.Task;
    }
}
