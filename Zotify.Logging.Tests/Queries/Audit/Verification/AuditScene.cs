using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Journal.Verification;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>
/// The files and the database of a program that has ended, for somebody who may write one or both. A real run writes each kind once; every
/// scene is a copy of it.
/// </summary>
internal sealed class AuditScene : IDisposable
{
    public const string Instance = "m1/shop";
    private const int Events = 24;

    private static readonly ConcurrentDictionary<(bool, bool), Lazy<Task<Dictionary<string, byte[]>>>> Written = new();

    private readonly TemporaryFolder _folder = new();
    private readonly HashKey[] _keys;
    private LoggingDatabase? _database;

    private AuditScene(bool hasKey) => _keys = hasKey ? [ChainFolder.Key] : [];

    public AuditFiles Files => new(_folder.Path);

    public string Root => _folder.Path;

    public bool HasKey => _keys.Length > 0;

    public string DatabasePath => _folder.PathOf("zotify.db");

    /// <summary>The number of the first line.</summary>
    public long First => NumberOf(Files.Lines[0]);

    /// <summary>The number of the last line.</summary>
    public long Last => NumberOf(Files.Lines[^1]);

    /// <param name="hasKey">Whether a key signs the lines.</param>
    /// <param name="isPruned">Whether retention has deleted the beginning.</param>
    public static async Task<AuditScene> NewAsync(bool hasKey = false, bool isPruned = false)
    {
        var files = await Written.GetOrAdd(
            (hasKey, isPruned), kind => new Lazy<Task<Dictionary<string, byte[]>>>(() => WriteAsync(kind.Item1, kind.Item2))).Value;
        var scene = new AuditScene(hasKey);
        foreach (var (name, bytes) in files) await File.WriteAllBytesAsync(scene._folder.PathOf(name), bytes);
        return scene;
    }

    /// <summary>Changes the database behind the library's back.</summary>
    public void Execute(string sql) => DatabaseFile.Execute(DatabasePath, $"PRAGMA foreign_keys=OFF; {sql}");

    public long Scalar(string sql) => DatabaseFile.Scalar(DatabasePath, sql);

    /// <summary>Another run of the program in the same folder, that long after the start of the first; it logs events.</summary>
    public async Task RunAgainAsync(int events, TimeSpan later, Action<TestHost>? first = null)
    {
        CloseDatabase();
        await RunAsync(new DirectoryInfo(_folder.Path), HasKey, events, later, first ?? (_ => { }));
    }

    public AuditVerifier Verifier(Func<string>? beforeTheFiles = null, Func<IReadOnlyList<HashKey>>? keys = null) => new(
        _folder.Path, AuditFiles.Name, beforeTheFiles ?? (() => Instance), keys ?? (() => _keys),
        _database ??= new LoggingDatabase(
            new DatabaseOptions { ConnectionString = "Data Source=zotify.db" },
            _folder.Path,
            [new SqliteEngineFactory()]), () => new NoReadYourWrites());

    public Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken = default) => Verifier().VerifyAsync(cancellationToken);

    public static long NumberOf(string line) => LineFacts.TryRead(Encoding.UTF8.GetBytes(line), out var facts) ? facts.Seq : 0;

    public void Dispose()
    {
        CloseDatabase();
        _folder.Dispose();
    }

    private void CloseDatabase()
    {
        _database?.Dispose();
        _database = null;
    }

    private static async Task<Dictionary<string, byte[]>> WriteAsync(bool hasKey, bool isPruned)
    {
        using var folder = new TemporaryFolder();
        await RunAsync(new DirectoryInfo(folder.Path), hasKey, Events, TimeSpan.Zero, _ => { });
        // The end of a run may interrupt retention: what it announced is deleted by the next.
        for (var day = 1; isPruned && !IsPruned(folder.Path); day++)
            await RunAsync(
                new DirectoryInfo(folder.Path),
                hasKey,
                Events,
                TimeSpan.FromDays(day),
                _ => { },
                ("Logging:Zotify:Handlers:Audit:RetainedSize", "8192"));
        return Directory.GetFiles(folder.Path)
            .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
    }

    private static async Task RunAsync(
        DirectoryInfo folder, bool hasKey, int events, TimeSpan later, Action<TestHost> first, params (string, string?)[] settings)
    {
        (string, string?)[] keys = hasKey
            ?
            [
                ("Logging:Zotify:Handlers:Audit:HashKeys:0:Id", ChainFolder.Key.Id),
                ("Logging:Zotify:Handlers:Audit:HashKeys:0:Key", "secret one")
            ]
            : [];
        await using var host = TestHost.In(
            folder,
            [
                ("Logging:Zotify:Instance", Instance), ("Logging:Zotify:Directory", folder.FullName), (
                    "Logging:Zotify:Database:ConnectionString", $"Data Source={Path.Combine(folder.FullName, "zotify.db")}"),
                ("Logging:Zotify:Handlers:Audit:MaxFileSize", "2048"), .. keys, .. settings,
            ]);
        host.Time.Advance(later);
        await host.StartAsync();
        first(host);
        for (var n = 0; n < events; n++)
        {
            using (host.Logger().BeginScope("request {request_id}", n))
            {
                host.Logger()
                    .LogInformation(
                        new EventId(1001, n % 3 == 0 ? "user.login" : "user.logout"),
                        "User {user_id} of {place}, {n}",
                        "u42",
                        "Ælfheim \"x\"",
                        n);
            }

            host.Time.Advance(TimeSpan.FromMinutes(7));
            await host.FlushAsync(FlushTo.Disk, CancellationToken.None);
        }

        await AdvanceUntilAsync(host, host.FlushAsync(FlushTo.Database, CancellationToken.None));
        if (!settings.Any(setting => setting.Item1.EndsWith("RetainedSize", StringComparison.Ordinal))) return;
        for (var n = 0; n < 100_000 && !IsPruned(folder.FullName); n++)
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
    }

    /// <summary>Whether rows and files are deleted through the last line that was announced.</summary>
    private static bool IsPruned(string folder)
    {
        var announced = DatabaseFile.Scalar(
            Path.Combine(folder, "zotify.db"),
            "SELECT COALESCE(MAX(details ->> '$.through_seq'), 0) FROM audit_events WHERE event_type = 'audit.pruned'");
        var kept = DatabaseFile.Scalar(Path.Combine(folder, "zotify.db"), "SELECT MIN(seq) FROM audit_events");
        // Only names, because the files may be deleted at any moment.
        return announced > 0 && kept == announced + 1

            && SegmentNames.TryParse(AuditFiles.Name, Path.GetFileName(new AuditFiles(folder).Paths[0]), out var first)
            && first == announced + 1;
    }

    private static async Task AdvanceUntilAsync(TestHost host, Task task)
    {
        while (!task.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await task;
    }
}
