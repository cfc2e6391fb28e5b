namespace Zotify.Logging.Records;

/// <summary>The lengths of columns, in UTF-16 characters. <see cref="ColumnText"/> makes values fit.</summary>
internal static class ColumnLengths
{
    /// <summary>Names of instances.</summary>
    public const int Instance = 64;

    /// <summary>Ids, users, addresses and names.</summary>
    public const int Name = 128;

    /// <summary>Categories.</summary>
    public const int Category = 256;
}
