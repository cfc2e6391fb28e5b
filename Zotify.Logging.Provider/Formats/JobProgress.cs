using System.Globalization;
using Zotify.Logging.Records;

namespace Zotify.Logging.Formats;

/// <summary>The progress that a job's record reports: how much is done, of how much.</summary>
/// <param name="Done">From <c>progress_done</c>, <c>done</c> or <c>completed</c>.</param>
/// <param name="Total">From <c>progress_total</c> or <c>total</c>.</param>
internal readonly record struct JobProgress(long? Done, long? Total)
{
    /// <summary>Reads the call's own properties. Only whole numbers from 0 up count.</summary>
    public static JobProgress Of(LogRecord record) =>
        new(Find(record, ["progress_done", "done", "completed"]), Find(record, ["progress_total", "total"]));

    private static long? Find(LogRecord record, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (PropertyNames.TryFind(record.Properties, [name], out var value) && Number(value) is { } number) return number;
        }

        return null;
    }

    private static long? Number(object? value) =>
        value is not (null or bool or DateTime or DateTimeOffset)
        && decimal.TryParse(RecordJson.Text(value), NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and <= long.MaxValue && number == decimal.Truncate(number)
            ? (long)number
            : null;
}
