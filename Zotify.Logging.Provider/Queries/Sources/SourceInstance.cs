using System.Text.Json;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>Reads the name of the process that writes a journal from its last line.</summary>
internal static class SourceInstance
{
    /// <summary>Returns the name; empty if no line has it.</summary>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    public static string Read(string journalPath)
    {
        if (JournalEnd.Find(journalPath) is not { } end) return "";
        // A line with a number is a JSON object.
        var instance = JsonElement.Parse(end.Line).TryGetProperty("instance", out var value) ? value : default;
        return instance.ValueKind == JsonValueKind.String ? instance.GetString()! : "";
    }
}
