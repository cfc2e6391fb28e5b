using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Journal;

/// <summary>A temporary folder with a journal in it.</summary>
internal sealed class JournalFolder : IDisposable
{
    public const string Name = "audit.log.json";

    public JournalFolder()
    {
        Path = Directory.CreateTempSubdirectory("zotify-journal-").FullName;
        Options =
            new JournalOptions(Path, Name) { Report = (text, _) => Reports.Enqueue(text), MaxFileSize = () => MaxFileSize, HashKeys = () => Keys, FlushInterval = () => FlushInterval };
    }

    public string Path { get; }

    public JournalOptions Options { get; set; }

    public long MaxFileSize { get; set; } = 1_000_000;

    /// <summary>So long that lines are flushed only for callers that request it.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromHours(1);

    public IReadOnlyList<HashKey> Keys { get; set; } = [];

    public ConcurrentQueue<string> Reports { get; } = new();

    public FakeTimeProvider Time { get; } = new(Some.Time);

    public string Active => PathOf(Name);

    public string Torn => Active + ".torn";

    /// <summary>The names of the files, except the id and the probe of a disk that failed, which exists for a moment.</summary>
    public string[] Names =>
        [
            .. Directory.GetFiles(Path).Select(path => System.IO.Path.GetFileName(path))
                .Where(name => !name.EndsWith(".id", StringComparison.Ordinal) && !name.EndsWith(".probe", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        ];

    /// <summary>The files with lines in the order of their lines.</summary>
    public string[] Segments =>
        [.. Names.Where(name => name.EndsWith(".json", StringComparison.Ordinal)).OrderBy(name => name == Name).Select(PathOf)];

    /// <summary>The messages of the whole journal, in order.</summary>
    public string[] Messages => [.. Segments.SelectMany(File.ReadAllLines).Select(Message)];

    /// <summary><c>m1</c>, <c>m2</c> and so on.</summary>
    public static string[] Numbered(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"m{n}"))];

    public static string Line(string message, long seq) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"message\":\"{message}\",\"seq\":{seq}}}");

    public static string[] Texts(IEnumerable<JournalLine> lines) =>
        [.. lines.Select(line => Message(Encoding.UTF8.GetString(line.Utf8.Span)))];

    public static void AreEqual(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.AreEqual(string.Join(' ', expected), string.Join(' ', actual));

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public JournalWriter Open(FaultyDisk? disk = null) => JournalWriter.Open(Options, Time, disk is null ? null : disk.Open);

    /// <summary>Opens the journal, appends each message as its own batch, and closes it.</summary>
    public void Write(params string[] messages)
    {
        using var journal = Open();
        Append(journal, messages);
    }

    public static void Append(JournalWriter journal, params string[] messages)
    {
        foreach (var message in messages) journal.Append([message], new TextFormat());
    }

    public void Dispose() => new DirectoryInfo(Path).DeleteAll();

    private static string Message(string line) => line.Split('"')[3];
}
