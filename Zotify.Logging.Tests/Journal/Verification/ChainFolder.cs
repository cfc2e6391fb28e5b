using System.Collections.Concurrent;
using System.Text;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Journal.Verification;

/// <summary>A chained journal of eleven lines: the segments 1 to 3, 4 to 6, 7 to 9, and the active one with 10 and 11.</summary>
internal sealed class ChainFolder : IDisposable
{
    public const int Lines = 11;
    public const int LinesOfASegment = 3;

    public static readonly HashKey Key = new("k1", Encoding.ASCII.GetBytes("secret one"));
    public static readonly HashKey OtherKey = new("k2", Encoding.ASCII.GetBytes("secret two"));

    private static readonly ConcurrentDictionary<string, Dictionary<string, string>> Written = new();

    /// <param name="key">The key that signs; none for plain hashes.</param>
    public ChainFolder(HashKey? key = null)
        : this(key is null ? [] : [key])
    {
        // Written once by the writer itself, and copied for each test, because most of them need many.
        foreach (var (name, text) in Written.GetOrAdd(key?.Id ?? "", _ => Write(key))) File.WriteAllText(Journal.PathOf(name), text);
    }

    /// <param name="keys">The keys; the last one signs.</param>
    /// <param name="members">The other members of the lines, besides their numbers and hashes.</param>
    public ChainFolder(HashKey[] keys, params string[] members)
    {
        Keys = keys;
        Journal = new JournalFolder();
        Journal.Options = Journal.Options with { Chained = true };
        if (members.Length > 0) Append(members);
    }

    public JournalFolder Journal { get; }

    /// <summary>The configured keys.</summary>
    public IReadOnlyList<HashKey> Keys { get; set; }

    /// <summary>The files with lines in the order of their lines.</summary>
    public string[] Segments => Journal.Segments;

    /// <summary>A new journal, signed by <see cref="Key"/> or with plain hashes.</summary>
    public static ChainFolder New(bool hasKey) => new(hasKey ? Key : null);

    /// <summary>The segment of a line, and its index there.</summary>
    public static (int Segment, int At) Place(int line) => ((line - 1) / LinesOfASegment, (line - 1) % LinesOfASegment);

    /// <summary>Appends lines, three to a segment.</summary>
    public void Append(params string[] members)
    {
        Journal.Keys = Keys;
        using var writer = Journal.Open();
        foreach (var member in members)
        {
            var active = File.ReadAllLines(Journal.Active).Length;
            Journal.MaxFileSize = active >= LinesOfASegment ? 1 : long.MaxValue;
            writer.Append([member], new MembersFormat());
        }
    }

    public string[] Read(int segment) => File.ReadAllLines(Segments[segment]);

    public string[] ReadAll() => [.. Segments.SelectMany(File.ReadAllLines)];

    public void Write(int segment, params IEnumerable<string> lines) =>
        File.WriteAllText(Segments[segment], string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Verifies it, as the whole journal or as a copy that may begin anywhere.</summary>
    public Verdict Verify(bool isWhole = true, long from = 0)
    {
        using var files = JournalFiles.Open(new JournalLocation(Journal.Active, from));
        using var chain = new ChainReader(files, Keys, isWhole);
        while (chain.Read())
        {
        }

        return new Verdict(
            chain.Fault?.Seq, chain.Fault?.Reason, chain.Checked, chain.FirstSeq, chain.Position?.Seq, chain.IsAnchored, chain.SignedFrom,
            chain.VoidLines, chain.UnfinishedBytes);
    }

    public void Dispose() => Journal.Dispose();

    private static Dictionary<string, string> Write(HashKey? key)
    {
        using var folder = new ChainFolder(
            key is null ? [] : [key], [.. JournalFolder.Numbered(1, Lines).Select(message => $"\"message\":\"{message}\"")]);
        return folder.Segments.ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
    }
}
