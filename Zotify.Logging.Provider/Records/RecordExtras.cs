namespace Zotify.Logging.Records;

/// <summary>
/// What a record has beside its message, where it has any of it: most records of a text log have nothing, and those are
/// small and quick to pass on.
/// </summary>
internal sealed record RecordExtras
{
    public static IReadOnlyList<KeyValuePair<string, object?>> NoValues { get; } = [];

    /// <summary>Nothing.</summary>
    public static RecordExtras None { get; } = new();

    public IReadOnlyList<KeyValuePair<string, object?>> Properties { get; init; } = NoValues;
    public IReadOnlyList<KeyValuePair<string, object?>> Scope { get; init; } = NoValues;

    /// <summary>The exception: an <see cref="ExceptionSnapshot"/>, whose text is made when it is asked for, or its text.</summary>
    public object? Failure { get; init; }

    public string? Exception
    {
        get => Failure as string ?? (Failure as ExceptionSnapshot)?.Text;
        init => Failure = value;
    }

    public string? TraceId { get; init; }
    public string? SpanId { get; init; }
}
