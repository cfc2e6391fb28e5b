using System.Globalization;
using System.Text.Json;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Journal;

/// <summary>The statement of an event <c>audit.pruned</c>: the last deleted line, whose hash the rest is verified from.</summary>
/// <param name="ThroughSeq">The line's number.</param>
/// <param name="ThroughHash">The line's hash, as the line had it.</param>
internal sealed record PruneAnchor(long ThroughSeq, string ThroughHash)
{
    /// <summary>The category of the event. No line of an application has it.</summary>
    public const string Category = ReservedNames.Category;

    /// <summary>The event's name. No line of an application has it.</summary>
    public const string EventType = "audit.pruned";

    /// <summary>The event's number.</summary>
    public const int EventId = 9004;

    /// <summary>The name of the number in the event's details.</summary>
    public const string SeqName = "through_seq";

    /// <summary>The name of the hash in the event's details.</summary>
    public const string HashName = "through_hash";

    /// <summary>The event's message.</summary>
    public string Message =>
        string.Create(CultureInfo.InvariantCulture, $"The lines through {ThroughSeq} are beyond retention and deleted");

    /// <summary>
    /// Reads a line; <see langword="null"/> where the library did not write it as <c>audit.pruned</c>. The name alone is not enough,
    /// because earlier versions let an application log it: number, category, message and the very keys count as well. The caller verifies
    /// whether the line is part of the chain.
    /// </summary>
    public static PruneAnchor? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Parse(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The JSON reader throws InvalidOperationException where a text is not UTF-8 or a value is of another kind.
            return null;
        }
    }

    /// <summary>
    /// Reads the <c>details</c> of a row; <see langword="null"/> where they name no line. They prove nothing: anybody who can write the
    /// database can write them.
    /// </summary>
    public static PruneAnchor? OfDetails(string? details)
    {
        if (details is null) return null;
        try
        {
            using var document = JsonDocument.Parse(details);
            return document.RootElement.ValueKind == JsonValueKind.Object ? ParseDetails(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static PruneAnchor? Parse(JsonElement line)
    {
        var isPruned = false;
        var (isSelf, isNumbered, seq, message) = (false, false, 0L, "");
        PruneAnchor? anchor = null;
        foreach (var member in line.EnumerateObject())
        {
            switch (member.Name)
            {
                case "event_type": isPruned = member.Value.GetString() == EventType; break;
                case "category": isSelf = member.Value.GetString() == Category; break;
                case "event_id": isNumbered = member.Value.GetInt32() == EventId; break;
                case "seq": seq = member.Value.GetInt64(); break;
                case "message": message = member.Value.GetString(); break;
                case "details": anchor = ParseDetails(member.Value); break;
                case "timestamp" or "id" or "level" or "instance" or "key_id" or "hash": break;
                // A user, a scope, an exception or a trace: the line came from a log call.
                default: return null;
            }
        }

        // An event names a line before its own. Any other number neither deletes nor stops anything.
        return isPruned && isSelf && isNumbered && anchor?.ThroughSeq < seq && message == anchor.Message ? anchor : null;
    }

    private static PruneAnchor? ParseDetails(JsonElement details) =>
        details.EnumerateObject().ToArray() is [{ Name: SeqName } seq, { Name: HashName } hash]
            && seq.Value.GetInt64() is > 0 and var number
            && hash.Value.GetString() is { } text && HashChain.Parse(text) is not null
            ? new PruneAnchor(number, text)
            : null;
}
