namespace Zotify.Logging.Database;

/// <summary>Receives the value of a column, without an object for it. Not thread-safe.</summary>
internal interface IRowValues
{
    /// <summary>A whole number, or none.</summary>
    void Number(long? number);

    /// <summary>A text, or none.</summary>
    void Text(string? text);

    /// <summary>A time in UTC, or none.</summary>
    void Time(DateTime? time);

    /// <summary>A UUID.</summary>
    void Id(Guid id);
}
