using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Configuration;

/// <summary>Validates the values of an override. Each exception names the wrong member, its value and the fix. Pure functions.</summary>
internal static class LevelOverrideCheck
{
    private const int MaxLength = 1_024;
    private const int TraceIdLength = 32;

    /// <summary>Returns the match with its trace id in lower case, as it is compared.</summary>
    /// <exception cref="ArgumentException">A condition cannot be used, or none is set.</exception>
    public static LevelOverrideMatch Checked(LevelOverrideMatch match)
    {
        Check(match.UserId, nameof(match.UserId));
        Check(match.JobId, nameof(match.JobId));
        Check(match.Category, nameof(match.Category));
        if (match is { UserId: null, JobId: null, TraceId: null, Category: null })
        {
            throw new ArgumentException(
                "An override needs at least one of user_id, job_id, trace_id and category; set the level of all calls in the "
                    + "configuration.",
                nameof(match));
        }

        return match.TraceId is null ? match : match with { TraceId = TraceId(match.TraceId, nameof(match.TraceId)) };
    }

    /// <exception cref="ArgumentException">No call can have the level.</exception>
    public static void Check(LogLevel level)
    {
        if (level is < LogLevel.Trace or > LogLevel.Critical)
        {
            throw new ArgumentException(
                $"'{level}': no level of a call; use Trace, Debug, Information, Warning, Error or Critical.", nameof(level));
        }
    }

    /// <exception cref="ArgumentException">The duration is not positive, or too long.</exception>
    public static void Check(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero || duration > LevelOverride.Longest)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{duration}': an override lasts more than nothing and at most {LevelOverride.Longest.TotalHours:0} hours."),
                nameof(duration));
        }
    }

    private static void Check(string? value, string member)
    {
        if (value is null) return;
        if (string.IsNullOrWhiteSpace(value))
            throw new ArgumentException($"'{value}' is blank; give the value to match, or leave it out.", member);
        if (value.Length > MaxLength)
        {
            var problem = string.Create(
                CultureInfo.InvariantCulture, $"It has {value.Length:N0} characters; at most {MaxLength:N0} are compared.");
            throw new ArgumentException(problem, member);
        }
    }

    private static string TraceId(string value, string member)
    {
        var isHex = value.Length == TraceIdLength && value.All(char.IsAsciiHexDigit);
        if (isHex && value.AsSpan().ContainsAnyExcept('0')) return ActivityTraceId.CreateFromString(value.ToLowerInvariant()).ToHexString();
        throw new ArgumentException($"'{value}': no W3C trace id; use 32 hex digits, as lines of the log have them.", member);
    }
}
