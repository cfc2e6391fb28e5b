namespace Zotify.Logging.Queries;

/// <summary>A row beside the line of its number.</summary>
/// <param name="Seq">The number.</param>
/// <param name="HasHash">Whether the row has the line's hash.</param>
/// <param name="HasId">Whether the row has the id of the line's event.</param>
/// <param name="Different">
/// The first column that is not as the line has it; <see langword="null"/> where all are, or where the line is none of an
/// event.
/// </param>
internal readonly record struct ComparedRow(long Seq, bool HasHash, bool HasId, string? Different)
{
    /// <summary>Whether the row is as its line has it.</summary>
    public bool IsSame => HasHash && Different is null;
}
