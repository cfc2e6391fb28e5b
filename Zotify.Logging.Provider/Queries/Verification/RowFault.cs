namespace Zotify.Logging.Queries;

/// <summary>The first row of a journal that differs from what the projection wrote.</summary>
/// <param name="Seq">The number of the first row that is missing, was added, or has other values.</param>
/// <param name="Reason">What is wrong there.</param>
internal sealed record RowFault(long Seq, string Reason)
{
    /// <summary>The fault with the lower number.</summary>
    public static RowFault? First(RowFault? one, RowFault? other) =>
        one is null || (other is not null && other.Seq < one.Seq) ? other : one;
}
