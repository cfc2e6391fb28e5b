namespace Zotify.Logging.Queries;

/// <summary>The kinds of fields of an audit line, by their values.</summary>
internal enum LineFieldKind
{
    /// <summary>The line's number, by which its row was found.</summary>
    Found,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A time.</summary>
    Time,

    /// <summary>A UUID.</summary>
    Id,

    /// <summary>A whole number of 32 bits.</summary>
    Number,

    /// <summary>An object, kept as the line has it.</summary>
    Json,
}
