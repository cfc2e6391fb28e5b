namespace Zotify.Logging.Queries;

/// <summary>A row, compared with the line of its number.</summary>
/// <param name="Seq">The number.</param>
/// <param name="HasHash">Whether the row has the line's hash.</param>
/// <param name="HasId">Whether the row has the id of the line's event.</param>
/// <param name="Different">
/// The first column that differs from the line; <see langword="null"/> where none does, or where the line is not an event.
/// </param>
internal readonly record struct ComparedRow(long Seq, bool HasHash, bool HasId, string? Different)
{
    /// <summary>Whether the row equals its line.</summary>
    public bool IsSame => HasHash && Different is null;
}
