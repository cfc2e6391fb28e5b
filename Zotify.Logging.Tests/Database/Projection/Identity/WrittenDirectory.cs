using System.Globalization;
using System.Text;
using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>A directory with a real journal. Its process can start, be killed, and change its files as operators do.</summary>
/// <param name="path">The directory.</param>
/// <param name="kind">Which journal it has.</param>
/// <param name="report">Gets the reports of the journal and its projector.</param>
internal sealed class WrittenDirectory(string path, JournalKind kind, Action<string, Exception?> report) : IDisposable
{
    private readonly IJournalFormat<LogRecord> _format = kind == JournalKind.Audit
        ? new AuditLineFormat("m1/app")
        : new JobLineFormat("m1/app", () => "job_id");
    private JournalWriter? _journal;

    public string Path => path;

    public string Active => System.IO.Path.Combine(path, Name);

    public string IdFile => Active + ".id";

    /// <summary>So small that a few lines fill a segment.</summary>
    public long MaxFileSize { get; set; } = 1_500;

    /// <summary>The journal; opens it, as the start of the process does.</summary>
    public JournalWriter Journal => _journal ??= JournalWriter.Open(
        new JournalOptions(path, Name)
        {
            Chained = kind == JournalKind.Audit,
            MaxFileSize = () => MaxFileSize,
            FlushInterval = () => TimeSpan.FromHours(1),
            Report = report,
        },
        TimeProvider.System);

    /// <summary>The messages of all lines in the files, in order.</summary>
    public string[] Messages =>
        [.. JournalReader.Read(Active, JournalCheckpoint.Start, long.MaxValue, int.MaxValue)
            .Select(line => JsonElement.Parse(line.Utf8.Span).GetProperty("message").GetString()!)];

    private string Name => kind == JournalKind.Audit ? "audit.log.json" : "job_logs.json";

    public static IProjection Projection(JournalKind kind, string instance = "m1/app") =>
        kind == JournalKind.Audit ? new AuditProjection() : new JobProjection();

    /// <summary>Appends lines, each a batch of its own, and flushes them.</summary>
    public void Append(params IEnumerable<string> messages)
    {
        foreach (var message in messages)
            Journal.Append([Some.Record(message, eventId: new(1, "user.test"), at: Some.Time, properties: ("job_id", "sync-1"))], _format);
#pragma warning disable RS0030 // A test that is not asynchronous writes before it goes on, and the flush needs no thread of the pool.
        Journal.FlushAsync(CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore RS0030
    }

    /// <summary>Starts a projector, as the start of the process does after it opened the journal.</summary>
    public Projector Start(LoggingDatabase database, string instance = "m1/app", IJournal? journal = null, TimeProvider? time = null)
    {
        var rejected = new RejectedJournal(Active, TimeProvider.System, report);
        var projector = new Projector(journal ?? Journal, database, Projection(kind, instance), rejected, instance,
            time ?? TimeProvider.System, report);
        projector.Start();
        return projector;
    }

    /// <summary>Projects all lines, and stops the projector.</summary>
    public async Task ProjectAsync(LoggingDatabase database, CancellationToken cancellationToken, string instance = "m1/app")
    {
        await using var projector = Start(database, instance);
        await projector.CatchUpAsync(Journal.DurableSeq, cancellationToken);
        await projector.Tried.WaitAsync(cancellationToken);
    }

    /// <summary>Projects until a process ends at a step, or has projected everything; and ends it.</summary>
    /// <returns>Whether it ended before everything was projected.</returns>
    public async Task<bool> ProjectUntilAsync(
        EndingProcess process, LoggingDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        bool ended;
        await using (var projector = Start(database, journal: new MortalJournal(Journal, process), time: time))
        {
            var done = projector.CatchUpAsync(Journal.DurableSeq, cancellationToken);
            ended = await Task.WhenAny(done, process.Ended) == process.Ended;
        }

        End();
        return ended;
    }

    /// <summary>Ends the process: all appended lines are on the disk.</summary>
    public void End()
    {
        _journal?.Dispose();
        _journal = null;
    }

    /// <summary>Copies the directory as it is, without the process.</summary>
    public WrittenDirectory CopyTo(string target)
    {
        Copy(path, target);
        return new WrittenDirectory(target, kind, report) { MaxFileSize = MaxFileSize };
    }

    /// <summary>Ends the process, and replaces the files by another directory's.</summary>
    public void Restore(string backup)
    {
        Wipe();
        Copy(backup, path);
    }

    /// <summary>Ends the process, and deletes all files.</summary>
    public void Wipe()
    {
        End();
        Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
    }

    /// <summary>Ends the process, and deletes or damages its journal's id.</summary>
    public void LoseId(string? content = null)
    {
        End();
        File.Delete(IdFile);
        if (content is not null) File.WriteAllText(IdFile, content);
    }

    /// <summary>Ends the process, and removes the last lines of the active file, which has at least as many.</summary>
    public void Cut(int count)
    {
        End();
        var lines = File.ReadAllLines(Active);
        File.WriteAllText(Active, string.Concat(lines[..^count].Select(line => line + "\n")));
    }

    /// <summary>The id in the file.</summary>
    public Guid StoredId() => Guid.Parse(File.ReadAllText(IdFile).Trim(), CultureInfo.InvariantCulture);

    /// <summary>The messages of the lines that were set aside.</summary>
    public string[] SetAside() => !File.Exists(Active + ".rejected")
        ? []
        : [.. File.ReadAllLines(Active + ".rejected", Encoding.UTF8)
            .Select(entry => JsonElement.Parse(entry).GetProperty("line").GetProperty("message").GetString()!)];

    public void Dispose() => End();

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in new DirectoryInfo(from).GetFiles()) file.CopyTo(System.IO.Path.Combine(to, file.Name), overwrite: true);
    }
}
