namespace Zotify.Logging.Database;

/// <summary>
/// The sizes of runs. A journal's rows are indexed in small runs soon, so that searches read few rows that no run has. When all small runs
/// of a large one are there, they are merged, so that searches read few runs.
/// </summary>
/// <param name="BlockRows">How many numbers of a journal a block has.</param>
/// <param name="SmallOfLarge">How many small runs a large one has.</param>
internal readonly record struct TextRunSize(int BlockRows, int SmallOfLarge)
{
    private const int BlocksOfSmall = 64;

    /// <summary>The product's sizes: runs of 1,024 and 65,536 rows, and blocks of 16. Tests have smaller ones.</summary>
    public static TextRunSize Default { get; } = new(BlockRows: 16, SmallOfLarge: 64);

    /// <summary>How many numbers a small run has.</summary>
    public int Small => BlocksOfSmall * BlockRows;

    /// <summary>How many numbers a large run has.</summary>
    public int Large => SmallOfLarge * Small;

    /// <summary>The first number of the small run that has a number. Runs begin at the same numbers in every journal.</summary>
    public long FirstOfSmall(long seq) => seq - ((seq - 1) % Small);

    /// <summary>The first number of the large run that has a number.</summary>
    public long FirstOfLarge(long seq) => seq - ((seq - 1) % Large);
}
