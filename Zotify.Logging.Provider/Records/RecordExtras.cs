namespace Zotify.Logging.Records;

/// <summary>
/// What a record has besides its message. Most records of a text log have nothing and share <see cref="None"/>, so they stay small and
/// cheap to copy.
/// </summary>
internal sealed record RecordExtras
{
    public static IReadOnlyList<KeyValuePair<string, object?>> NoValues { get; } = [];

    /// <summary>No extras.</summary>
    public static RecordExtras None { get; } = new();

    public IReadOnlyList<KeyValuePair<string, object?>> Properties { get; init; } = NoValues;
    public IReadOnlyList<KeyValuePair<string, object?>> Scope { get; init; } = NoValues;

    /// <summary>The exception: an <see cref="ExceptionSnapshot"/>, or a text that was rendered in the call.</summary>
    public object? Failure { get; init; }

    public string? Exception
    {
        get => Failure as string ?? (Failure as ExceptionSnapshot)?.Text;
        init => Failure = value;
    }

    public string? TraceId { get; init; }
    public string? SpanId { get; init; }
}
