namespace Zotify.Logging.Queries;

/// <summary>What the values of a field of an audit line are.</summary>
internal enum LineFieldKind
{
    /// <summary>The line's number, which its row was found by.</summary>
    Found,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A time.</summary>
    Time,

    /// <summary>A UUID.</summary>
    Id,

    /// <summary>A whole number of 32 bits.</summary>
    Number,

    /// <summary>An object, kept as it is written.</summary>
    Json,
}
