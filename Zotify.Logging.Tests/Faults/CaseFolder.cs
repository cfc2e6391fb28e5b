using System.Globalization;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Faults;

/// <summary>The folder of one case: its log directory, and copies of the journal from before anything could be pruned.</summary>
internal sealed class CaseFolder : IAsyncDisposable
{
    private const int MostAttempts = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public string Logs => _folder.PathOf(TracedCall.Directory);

    /// <summary>Where strace writes.</summary>
    public string Trace => _folder.PathOf("trace");

    /// <summary>The journal's lines at each moment when nobody wrote it, the first one first.</summary>
    public List<JournalCopy> Copies { get; } = [];

    /// <summary>Copies the journal's present lines.</summary>
    /// <exception cref="InvalidDataException">It has invalid lines.</exception>
    public void KeepCopy()
    {
        if (Directory.Exists(Logs)) Copies.Add(JournalCopy.Read(Logs));
    }

    /// <summary>
    /// Simulates a crash, and adds a line that cannot be read, so that the next start has something to recover and to set aside.
    /// </summary>
    public void Damage()
    {
        File.AppendAllText(System.IO.Path.Combine(Logs, "audit.log.json"), "{\"timestamp\":\"2026-");
        var jobs = System.IO.Path.Combine(Logs, "job_logs.json");
        var last = Directory.GetFiles(Logs, "job_logs*.json").Where(path => path.EndsWith(".json", StringComparison.Ordinal))
            .SelectMany(File.ReadLines).Select(JournalCopy.SeqOf).DefaultIfEmpty().Max();
        File.AppendAllText(jobs, string.Create(CultureInfo.InvariantCulture, $"{{\"message\":\"of no job\",\"seq\":{last + 1}}}\n"));
    }

    /// <summary>Deletes the folder. An abandoned program of this process may write into it a little longer.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _folder.Dispose();
                return;
            }
            catch (IOException) when (attempt < MostAttempts)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }
}
