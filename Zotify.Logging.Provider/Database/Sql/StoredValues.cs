namespace Zotify.Logging.Database;

/// <summary>
/// Compares columns of the row that a reader is at with values, as the engine stores them, without making objects of either.
/// Each method returns false where it is not sure. Not thread-safe.
/// </summary>
internal abstract class StoredValues
{
    /// <summary>Whether a column is NULL.</summary>
    public abstract bool IsNull(int column);

    /// <summary>Whether a column has a text.</summary>
    /// <param name="column">The number of the column in the query, from 0.</param>
    /// <param name="utf8">The text, valid UTF-8.</param>
    public abstract bool IsText(int column, ReadOnlySpan<byte> utf8);

    /// <summary>Whether a column has a whole number.</summary>
    public abstract bool IsNumber(int column, long number);

    /// <summary>Whether a column has a time in UTC.</summary>
    public abstract bool IsTime(int column, DateTime time);

    /// <summary>Whether a column has a UUID.</summary>
    public abstract bool IsId(int column, Guid id);
}
