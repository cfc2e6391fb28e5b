using System.Buffers.Binary;

namespace Zotify.Logging.Database;

/// <summary>
/// A run of a journal's rows, a row of <c>audit_text_runs</c>: the rows whose numbers are from <see cref="FirstSeq"/> to
/// <see cref="LastSeq"/>. Each row is in at most one run.
/// </summary>
/// <param name="JournalId">The journal, as a row of <c>journals</c>.</param>
/// <param name="FirstSeq">The first number. There may be no row with it.</param>
/// <param name="LastSeq">The last number. No row with a number up to it will be added.</param>
/// <param name="BlockRows">How many numbers a block has.</param>
/// <param name="Earliest">The earliest time of a row, in UTC.</param>
/// <param name="Latest">The latest time of a row, in UTC.</param>
/// <param name="Pages">
/// The first code of each page, four bytes each; <see langword="null"/> where the run is not indexed yet, so that every row must be read.
/// </param>
internal sealed record TextRun(
    long JournalId, long FirstSeq, long LastSeq, int BlockRows, DateTime Earliest, DateTime Latest, byte[]? Pages)
{
    /// <summary>How many blocks it has.</summary>
    public int Blocks => (int)((LastSeq - FirstSeq) / BlockRows) + 1;

    /// <summary>How many pages it has.</summary>
    public int PageCount => Pages!.Length / sizeof(uint);

    /// <summary>The page of <see cref="TextGrams.Every"/>; -1 where no block counts as having every code.</summary>
    public int EveryPage => PageCount > 0 && FirstGramOf(PageCount - 1) == TextGrams.Every ? PageCount - 1 : -1;

    /// <summary>The numbers of the rows of a block.</summary>
    public (long First, long Last) RowsOf(int block)
    {
        var first = FirstSeq + ((long)block * BlockRows);
        return (first, Math.Min(first + BlockRows - 1, LastSeq));
    }

    /// <summary>The first code of a page.</summary>
    public uint FirstGramOf(int page) => BinaryPrimitives.ReadUInt32LittleEndian(Pages.AsSpan(page * sizeof(uint)));

    /// <summary>The page that has a code if any has it; -1 where none can.</summary>
    public int PageOf(uint gram)
    {
        int low = 0, high = PageCount - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (FirstGramOf(middle) <= gram) low = middle + 1;
            else high = middle - 1;
        }

        return high;
    }
}
