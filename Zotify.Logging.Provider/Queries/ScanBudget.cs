namespace Zotify.Logging.Queries;

/// <summary>
/// How much one query may read to find what matches. When it is spent, the query answers what it has, and a cursor to go on. It is counted
/// in rows and characters, not in time: a query stops at the same place on every machine, and never at a time-out. For one query.
/// </summary>
/// <param name="rows">The most rows.</param>
internal sealed class ScanBudget(int rows = ScanBudget.UsualRows)
{
    /// <summary>About half a second's work on a slow machine.</summary>
    public const int UsualRows = 50_000;

    // Rows may be large: a message alone may have 32,768 characters.
    private long _characters = 64L * 1024 * 1024;
    private int _rows = rows;

    /// <summary>The most that the engine may read for one of its queries.</summary>
    public ScanLimits Limits { get; init; } = ScanLimits.Usual;

    /// <summary>Whether nothing is left.</summary>
    public bool IsSpent => _rows <= 0 || _characters <= 0;

    /// <summary>Spends rows that the engine reads.</summary>
    public void SpendRows(int count) => _rows -= count;

    /// <summary>Spends a row.</summary>
    /// <param name="characters">About how many characters it has.</param>
    public void Spend(int characters)
    {
        _rows--;
        _characters -= characters;
    }
}
