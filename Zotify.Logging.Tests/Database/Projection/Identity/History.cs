using System.Globalization;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>Random events of some directories of one origin and their database.</summary>
internal sealed class History : IDisposable
{
    private const int Length = 14;
    private const int MostDirectories = 3;

    private readonly JournalKind _kind;
    private readonly Random _random;
    private readonly string _folder;
    private readonly SqliteStore _store;
    private readonly Action<string> _replace;
    private readonly TimeProvider _time;
    private readonly (string Name, int Weight, Func<LoggingDatabase, CancellationToken, Task> Run)[] _kinds;
    private readonly List<string> _backups = [];
    private string? _databaseBackup;
    private int _made;
    private int _messages;

    public History(
        int seed, JournalKind kind, string folder, SqliteStore store, Action<string> replace, TimeProvider time, Action<string,
        Exception?> report)
    {
        Seed = seed;
        _random = new Random(seed);
        _kind = kind;
        _folder = folder;
        _store = store;
        _replace = replace;
        _time = time;
        Directory.CreateDirectory(Path.Combine(folder, "first"));
        Directories = [new WrittenDirectory(Path.Combine(folder, "first"), kind, report) { MaxFileSize = 1_000 }];
        _kinds =
        [
            ("append", 6, (_, _) => Done(() => Append(Any))),
            ("project", 5, (database, cancellation) => Any.ProjectAsync(database, cancellation)), ("crash", 4, CrashAsync),
            ("end", 1, (_, _) => Done(Any.End)), ("lose id", 2, (_, _) => Done(() => Any.LoseId())), ("copy", 2, (_, _) => Done(Copy)),
            ("cut", 2, (_, _) => Done(Cut)),
            ("back up", 2, (_, _) => Done(BackUp)), ("restore", 2, (_, _) => Done(Restore)), ("wipe", 1, (_, _) => Done(Any.Wipe)),
            ("back up database", 2, (_, _) => Done(BackUpDatabase)),
            ("restore database", 2, (database, _) => Done(() => RestoreDatabase(database))),
        ];
    }

    /// <summary>How many kinds of events there are.</summary>
    public const int Kinds = 12;

    public int Seed { get; }

    public List<WrittenDirectory> Directories { get; }

    /// <summary>The messages of all lines that any of the directories set aside. If one does it, that counts for all that share the
    /// line.</summary>
    public HashSet<string> SetAside { get; } = [];

    /// <summary>The events that happened.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Runs the events. In the end everything is projected.</summary>
    public async Task RunAsync(LoggingDatabase database, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Length; i++)
        {
            var at = _random.Next(_kinds.Sum(kind => kind.Weight));
            var (name, _, run) = _kinds.First(kind => (at -= kind.Weight) < 0);
            Names.Add(name);
            await run(database, cancellationToken);
            Note();
        }

        // Twice: the first one may have to find out about the others.
        foreach (var directory in (WrittenDirectory[])[.. Directories, .. Directories])
        {
            Append(directory);
            await directory.ProjectAsync(database, cancellationToken);
            Note();
        }
    }

    public override string ToString() => string.Join(", ", Names);

    public void Dispose() => Directories.ForEach(directory => directory.Dispose());

    private WrittenDirectory Any => Directories[_random.Next(Directories.Count)];

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private void Note() => SetAside.UnionWith(Directories.SelectMany(directory => directory.SetAside()));

    private void Append(WrittenDirectory directory) =>
        directory.Append(Enumerable.Range(0, _random.Next(1, 5))
            .Select(_ => $"{(_random.Next(8) == 0 ? "refused " : "")}{_messages++}").ToList());

    private async Task CrashAsync(LoggingDatabase database, CancellationToken cancellationToken)
    {
        var process = new EndingProcess(_random.Next(40));
        using var dying = _store.Open("Data Source=data/zotify.db", process);
        await Any.ProjectUntilAsync(process, dying, _time, cancellationToken);
    }

    private void Copy()
    {
        if (Directories.Count < MostDirectories) Directories.Add(Any.CopyTo(NewPath()));
    }

    private void Cut()
    {
        var directory = Any;
        directory.End();
        var lines = File.Exists(directory.Active) ? File.ReadAllLines(directory.Active).Length : 0;
        if (lines > 0) directory.Cut(_random.Next(1, lines + 1));
    }

    private void BackUp() => _backups.Add(Any.CopyTo(NewPath()).Path);

    private void Restore()
    {
        if (_backups.Count > 0) Any.Restore(_backups[_random.Next(_backups.Count)]);
    }

    private void BackUpDatabase()
    {
        _databaseBackup = NewPath() + ".db";
        Directory.CreateDirectory(_folder);
        using var from = _store.Connect();
        using var to = new SqliteConnection($"Data Source={_databaseBackup};Pooling=False");
        from.BackupDatabase(to);
    }

    private void RestoreDatabase(LoggingDatabase database)
    {
        if (_databaseBackup is null) return;
        database.Dispose();
        _replace(_databaseBackup);
    }

    private string NewPath() => Path.Combine(_folder, (++_made).ToString(CultureInfo.InvariantCulture));
}
