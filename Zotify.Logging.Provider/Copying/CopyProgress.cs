namespace Zotify.Logging.Copying;

/// <summary>How far a copy is.</summary>
/// <param name="Table">The table.</param>
/// <param name="IsComparison">Whether the rows are compared, and not copied.</param>
/// <param name="Rows">How many of its rows are done.</param>
/// <param name="All">How many rows there are; <see langword="null"/> where they are not counted.</param>
internal sealed record CopyProgress(string Table, bool IsComparison, long Rows, long? All);
