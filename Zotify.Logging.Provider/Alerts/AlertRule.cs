using System.Globalization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Alerts;

/// <summary>
/// What is looked for in a journal: so many matching events within a time, or none for a time. Exactly one of <see cref="Audit"/> and
/// <see cref="Jobs"/> is set. Immutable, thread-safe.
/// </summary>
/// <param name="Name">The alert's name.</param>
/// <param name="Filter">The filter as it was configured, for messages.</param>
internal sealed record AlertRule(string Name, string Filter)
{
    /// <summary>The type of its messages; <c>alert.count</c> or <c>alert.absent</c> for a configured rule.</summary>
    public string Type { get; init; } = "alert.count";

    /// <summary>Matches audit events.</summary>
    public AuditPredicate? Audit { get; init; }

    /// <summary>Matches jobs whose status an event changed.</summary>
    public JobPredicate? Jobs { get; init; }

    /// <summary>How many matching events fire it.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The time within which they must occur; no limit for a single one.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.MaxValue;

    /// <summary>Fires when no event matched for this long; <see langword="null"/> for a rule that counts.</summary>
    public TimeSpan? Absent { get; init; }

    /// <summary>The handler whose journal it reads.</summary>
    public string Handler => Audit is not null ? AlertJournals.Audit : AlertJournals.Jobs;

    /// <summary>Tells whether a stored state is of the same rule.</summary>
    public string Fingerprint => string.Create(
        CultureInfo.InvariantCulture, $"{Type} {Handler} {Count} {Within.Ticks} {Absent?.Ticks ?? 0} {Filter}");

    /// <summary>Whether an event matches.</summary>
    public bool Matches(AlertEvent happened) =>
        happened.Audit is { } row ? Audit?.Matches(row) is true : happened.Job is { } job && Jobs?.Matches(job) is true;
}
