namespace Zotify.Logging.Database;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values, where they are not <see langword="null"/>.</param>
/// <param name="Value">The value of a row.</param>
internal sealed record SqlColumn<TRow>(string Name, Type Type, Func<TRow, object?> Value)
{
    /// <summary>Whether its texts are of any length.</summary>
    public bool IsLong { get; init; }
}
