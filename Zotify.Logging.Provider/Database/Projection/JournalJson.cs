using System.Globalization;
using System.Text.Json;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>Reads the values of a journal's line.</summary>
internal readonly struct JournalJson(JsonElement line)
{
    /// <summary>A text; <see langword="null"/> where it is left out.</summary>
    public string? Text(string name) => line.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A text cut to its column; <see langword="null"/> where it is left out.</summary>
    public string? Text(string name, int limit) => Text(name) is { } text ? ColumnLimits.Cut(text, limit) : null;

    /// <summary>A text that every line has, cut to its column.</summary>
    /// <exception cref="FormatException">It is left out.</exception>
    public string Required(string name, int limit) => Text(name, limit) ?? throw new FormatException($"'{name}' is missing");

    /// <summary>A whole number; <see langword="null"/> where it is left out.</summary>
    public long? Number(string name) => line.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    /// <summary>An object as it stands; <see langword="null"/> where it is left out.</summary>
    public string? Raw(string name) => line.TryGetProperty(name, out var value) ? value.GetRawText() : null;

    /// <summary>The time of the call, in UTC.</summary>
    /// <exception cref="FormatException">It is left out, or is none.</exception>
    public DateTime Timestamp() => DateTime.Parse(
        Text("timestamp") ?? throw new FormatException("'timestamp' is missing"),
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
