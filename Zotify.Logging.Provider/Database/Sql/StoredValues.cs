namespace Zotify.Logging.Database;

/// <summary>
/// Compares columns of a reader's current row with values, in the form that the engine stores, without creating objects. Each method
/// returns false where it cannot be sure. Not thread-safe.
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
