using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Database;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.Support;

/// <summary>A real audit journal and its database in their own folder. Retention runs when a test calls it.</summary>
internal sealed class AuditJournal : IAsyncDisposable
{
    public const string Name = "audit.log.json";

    private readonly TemporaryFolder _folder = new();
    private LogDirectory? _directory;
    private LoggingDatabase? _database;
    private JournaledRecords? _records;
    private AuditPruner? _retention;

    public FaultyDisk Disk { get; } = new();

    public FakeTimeProvider Time { get; } = new(Some.Time);

    public RetentionLimits Limits { get; set; }

    /// <summary>So small that every event has its own segment.</summary>
    public long MaxFileSize { get; set; } = 1;

    public ConcurrentQueue<string> Reports { get; } = new();

    public JournalWriter Journal => _records!.Journal;

    public string Folder => _folder.PathOf("logs");

    /// <summary>The folder of the database; a file with this name makes the database unavailable.</summary>
    public string DatabaseFolder => _folder.PathOf("data");

    public string[] Segments =>
        [
            .. Directory.GetFiles(Folder, "audit.log*.json").OrderBy(
                path => Path.GetFileName(path) == Name).ThenBy(path => path, StringComparer.Ordinal)
        ];

    /// <summary>All lines, in order.</summary>
    public string[] Lines => [.. Segments.SelectMany(LiveFile.Lines)];

    public PruneAnchor[] Anchors =>
        [.. Lines.Select(line => JsonElement.Parse(line)).Where(line => line.GetProperty("event_type").GetString() == "audit.pruned")
            .Select(line => PruneAnchor.Parse(JsonSerializer.SerializeToUtf8Bytes(line))!)];

    public long Scalar(string sql) => DatabaseFile.Scalar(Path.Combine(DatabaseFolder, "zotify.db"), sql);

    public AuditJournal Open()
    {
        _directory = new LogDirectory(Folder, "test", Time);
        _database = new LoggingDatabase(
            new DatabaseOptions { ConnectionString = "Data Source=data/zotify.db" }, _folder.Path, [new SqliteEngineFactory()]);
        var options = new JournalOptions(Folder, Name) { Chained = true, MaxFileSize = () => MaxFileSize };
        var diagnostics = new SelfDiagnostics(Time, TextWriter.Null);
        var stage = new JournalStage(_directory, _database, "m1/app", Time) { OpenFile = Disk.Open };
        _records = JournaledRecords.Open(stage, options, new AuditLineFormat("m1/app"), new AuditProjection(), "Audit", diagnostics);
        _retention = new AuditPruner(_records, stage, () => Limits, () => [], (message, _) => Reports.Enqueue(message));
        _records.StartProjecting();
        return this;
    }

    /// <summary>Logs events, each an append of its own, flushed.</summary>
    public async Task LogAsync(int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
            _records!.Append(
                Some.Record(string.Create(CultureInfo.InvariantCulture, $"{i}"), eventId: new(1, "user.test"), at: Time.GetUtcNow()));
        await _records!.FlushAsync(cancellationToken);
    }

    public Task AppendAsync(LogRecord record, CancellationToken cancellationToken)
    {
        _records!.Append(record);
        return _records.FlushAsync(cancellationToken);
    }

    public Task ProjectAsync(CancellationToken cancellationToken) => _records!.ProjectAsync(cancellationToken);

    public Task RetainAsync(CancellationToken cancellationToken) => _retention!.RunAsync(cancellationToken);

    /// <summary>Runs retention until everything beyond the age is deleted, which takes several runs, and an hour.</summary>
    public async Task RetainAllAsync(CancellationToken cancellationToken)
    {
        for (var run = 0; run < 24; run++)
        {
            await RetainAsync(cancellationToken);
            Time.Advance(TimeSpan.FromMinutes(10));
        }
    }

    /// <summary>Closes everything, but keeps the folder.</summary>
    public async Task CloseAsync()
    {
        using (var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System))
        {
            if (_records is not null)
            {
                await _records.DrainAsync(deadline.Token);
                await _records.CloseAsync(deadline.Token);
            }
        }

        _records = null;
        _database?.Dispose();
        _directory?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }
}
