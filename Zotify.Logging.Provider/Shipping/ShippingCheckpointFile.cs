using System.Globalization;
using System.Text;
using System.Text.Json;
using Zotify.Logging.Common;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Shipping;

/// <summary>
/// How far a target has a journal, in a small file next to it: <c>audit.log.json.otlp.shipped</c>. The hash of the line tells whether the
/// journal still is the one that was shipped.
/// </summary>
internal static class ShippingCheckpointFile
{
    /// <summary>The path of the file.</summary>
    public static string PathOf(string journalPath, string target) => $"{journalPath}.{target.ToLowerInvariant()}{SideFiles.Shipped}";

    /// <summary>Reads the checkpoint; the start of the journal where there is none that can be read: lines are sent again then.</summary>
    public static JournalCheckpoint Read(string path)
    {
        try
        {
            OwnFile.EnsureFile(path);
            if (!File.Exists(path)) return JournalCheckpoint.Start;
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var json = document.RootElement;
            return new JournalCheckpoint(
                json.GetProperty("seq"u8).GetInt64(),
                json.GetProperty("line_hash"u8).GetString() ?? "",
                json.GetProperty("segment"u8).GetInt64(),
                json.GetProperty("offset"u8).GetInt64());
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
                or FormatException or KeyNotFoundException)
        {
            return JournalCheckpoint.Start;
        }
    }

    /// <summary>Stores the checkpoint. After a crash, the file holds the old one or the new one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, JournalCheckpoint checkpoint)
    {
        var (seq, hash, segment, offset) = checkpoint;
        var json = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"seq":{{seq}},"line_hash":"{{hash}}","segment":{{segment}},"offset":{{offset}}}""");
        OwnFile.Replace(path, Encoding.ASCII.GetBytes($"{json}\n"));
    }
}
