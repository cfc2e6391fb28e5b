using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Journal.Verification;

namespace Zotify.Logging.Tests.Support;

/// <summary>The files of an audit log, for somebody who may write the directory.</summary>
internal sealed class AuditFiles(string directory)
{
    public const string Name = "audit.log.json";

    public string Active => Path.Combine(directory, Name);

    public string IdFile => Active + ".id";

    /// <summary>The files with lines, in the order of their lines.</summary>
    public string[] Paths =>
        [.. Directory.GetFiles(directory, "audit.log*.json").Where(path => path.EndsWith(".json", StringComparison.Ordinal))
            .OrderBy(path => path == Active).ThenBy(path => path, StringComparer.Ordinal)];

    public string[] Lines => [.. Paths.SelectMany(File.ReadAllLines)];

    /// <summary>Keeps only the lines up to a number.</summary>
    public void CutAfter(int seq) => Write([.. Lines.Take(seq)]);

    /// <summary>Changes the lines from a number on, with all their hashes, so that nobody could detect it from the files.</summary>
    public void Rewrite(int from, Func<string, string> change, HashKey? key = null)
    {
        var lines = Lines;
        var previous = from == 1 ? new byte[32] : Forger.HashOf(lines[from - 2]);
        Write([.. lines[..(from - 1)], .. Forger.Seal(lines[(from - 1)..].Select(line => change(Forger.Content(line))), previous, key)]);
    }

    /// <summary>Replaces the lines of the existing files; each file keeps its number of lines.</summary>
    private void Write(string[] lines)
    {
        var at = 0;
        foreach (var path in Paths)
        {
            var count = Math.Min(File.ReadAllLines(path).Length, lines.Length - at);
            if (path == Active) count = lines.Length - at;
            if (count == 0 && path != Active) File.Delete(path);
            else File.WriteAllText(path, string.Concat(lines.Skip(at).Take(count).Select(line => line + "\n")));
            at += count;
        }
    }
}
