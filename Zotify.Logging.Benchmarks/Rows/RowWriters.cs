namespace Zotify.Logging.Benchmarks.Rows;

/// <summary>The writers of rows by their names.</summary>
internal static class RowWriters
{
    /// <summary>This project: log calls, then <c>await FlushAsync(FlushTo.Database)</c>.</summary>
    public const string Ours = "Zotify, ILogger to rows";

    /// <summary>A prepared insert, as many rows in a transaction as ours has, which is flushed to the disk.</summary>
    public const string Prepared = "prepared inserts, synchronous=FULL";

    /// <summary>Entities, saved 1,000 at a time: EF Core is slower with more.</summary>
    public const string Entities = "EF Core, SaveChanges per 1,000";

    /// <summary>How many rows a transaction has: as many as in one of this project's, which is no setting.</summary>
    public const int RowsOfTransaction = 8_000;

    /// <summary>How many entities are saved at once.</summary>
    public const int EntitiesOfTransaction = 1_000;

    /// <summary>Creates the writer with a name, for a file that may have rows already, with a folder for its other files.</summary>
    public static IRowWriter Open(string name, RowKind kind, string file, string folder) => name switch
    {
        Ours => new LoggedRows(kind, file, folder),
        Prepared => new PreparedRows(kind, file),
        Entities => new EntityRows(kind, file),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
