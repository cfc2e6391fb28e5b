using System.Globalization;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>Checks the times by job type. Each error names the key, the value and the fix.</summary>
internal static class JobTypeCheck
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>Returns every error, with the key below the handler's options.</summary>
    public static IEnumerable<(string Key, string Message)> Find(DatabaseJobLogHandlerOptions options)
    {
        foreach (var error in Find(options.SilentAfter, nameof(options.SilentAfter))) yield return error;
        foreach (var error in Find(options.ExpectedEvery, nameof(options.ExpectedEvery))) yield return error;
        if (options.RetainedAge is not { } kept) yield break;
        foreach (var (type, time) in options.ExpectedEvery.Where(entry => entry.Value >= kept))
        {
            yield return (
                $"{nameof(options.ExpectedEvery)}:{type}",
                $"'{Text(time)}': the tables keep a job only for {Text(kept)}; use a shorter time, or a longer RetainedAge");
        }
    }

    private static IEnumerable<(string Key, string Message)> Find(IDictionary<string, TimeSpan> times, string option)
    {
        foreach (var (type, time) in times)
        {
            var key = $"{option}:{type}";
            if (string.IsNullOrWhiteSpace(type))
                yield return (key, "a job type is empty; use a type (import), or a pattern with * at its end (sync.*)");
            else if (type.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < type.Length - 1)
                yield return (key, $"'{type}': a * is allowed only at the end; use a type (import), or a pattern such as sync.*");
            if (time < Shortest || time > Longest)
                yield return (key, $"'{Text(time)}': use a time span between {Text(Shortest)} and {Text(Longest)}, such as 00:05:00");
        }
    }

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);
}
