using System.Globalization;
using System.Text.Json;

namespace Zotify.Logging.Tests.Faults;

/// <summary>The lines of an audit journal while nobody writes it, read only by the documentation.</summary>
/// <param name="Lines">The lines by number, without void lines: those at or above the first number of the next file.</param>
/// <param name="FirstSeq">The number of the first line; 0 where there is none.</param>
internal sealed record JournalCopy(IReadOnlyDictionary<long, string> Lines, long FirstSeq)
{
    private const string ActiveName = "audit.log.json";

    /// <summary>Reads the files of a log directory.</summary>
    /// <exception cref="InvalidDataException">A line is where it does not belong.</exception>
    public static JournalCopy Read(string directory)
    {
        var files = Files(directory).Select(file => (file.FirstSeq, Lines: WholeLines(file.Path)))
            .Where(file => file.Lines.Count > 0).ToList();
        var lines = new Dictionary<long, string>();
        for (var i = 0; i < files.Count; i++)
        {
            var next = i + 1 < files.Count ? FirstOf(files[i + 1]) : long.MaxValue;
            foreach (var line in files[i].Lines.Where(line => SeqOf(line) < next))
            {
                if (!lines.TryAdd(SeqOf(line), line)) throw new InvalidDataException($"number {SeqOf(line)} is there twice");
            }
        }

        return new JournalCopy(lines, lines.Keys.DefaultIfEmpty().Min());
    }

    /// <summary>The files with lines, the oldest first, with the first number in their names; 0 for the active one.</summary>
    public static IEnumerable<(string Path, long FirstSeq)> Files(string directory) =>
        Directory.GetFiles(directory, "audit.log*.json")
            .Where(path => path.EndsWith(".json", StringComparison.Ordinal))
            .Select(path => (path, FirstSeq: Path.GetFileName(path) == ActiveName ? 0 : NumberIn(path)))
            .OrderBy(file => file.FirstSeq == 0).ThenBy(file => file.FirstSeq);

    public static long SeqOf(string line) => JsonElement.Parse(line).TryGetProperty("seq", out var seq) ? seq.GetInt64() : 0;

    private static long NumberIn(string path) => long.Parse(Path.GetFileName(path).Split('.')[2], CultureInfo.InvariantCulture);

    private static long FirstOf((long FirstSeq, List<string> Lines) file) => file.FirstSeq > 0 ? file.FirstSeq : SeqOf(file.Lines[0]);

    /// <summary>Without a last line that a crash cut.</summary>
    private static List<string> WholeLines(string path)
    {
        var text = File.ReadAllText(path);
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
