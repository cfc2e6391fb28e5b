using System.Text.Json;

namespace Zotify.Logging.Provider.Handlers.Audit;

/// <summary>What an <c>audit.pruned</c> event says: the last line that retention took, from whose hash the rest is verified on.</summary>
/// <param name="ThroughSeq">The line's number.</param>
/// <param name="ThroughHash">The line's hash, as it stood in it.</param>
internal sealed record PruneAnchor(long ThroughSeq, string ThroughHash)
{
    /// <summary>The name of the number in the event's details.</summary>
    public const string SeqName = "through_seq";

    /// <summary>The name of the hash in the event's details.</summary>
    public const string HashName = "through_hash";

    /// <summary>Reads the event's details; <see langword="null"/> where they say no such thing.</summary>
    public static PruneAnchor? Parse(string? details)
    {
        if (details is null) return null;
        try
        {
            using var document = JsonDocument.Parse(details);
            return document.RootElement.TryGetProperty(SeqName, out var seq) && seq.TryGetInt64(out var number)
                && document.RootElement.TryGetProperty(HashName, out var hash) && hash.GetString() is { } text
                ? new PruneAnchor(number, text)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
