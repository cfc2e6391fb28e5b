namespace Zotify.Logging;

/// <summary>
/// The log calls that a <see cref="LevelOverride"/> applies to. At least one condition must be set; a call matches if all conditions that
/// are set hold. Immutable; two with the same conditions are equal.
/// </summary>
public sealed record LevelOverrideMatch
{
    /// <summary>
    /// The user: the value of the call's property <c>user_id</c>, or else of the innermost scope that has it, as in the audit log.
    /// </summary>
    public string? UserId { get; init; }

    /// <summary>
    /// The job: the value of the call's property <c>job_id</c>, or else of the innermost scope that has it. <c>Handlers:Jobs:ScopeKey</c>
    /// sets another name. A long id may be given in full or as the tables have it.
    /// </summary>
    public string? JobId { get; init; }

    /// <summary>The W3C trace id, 32 hex digits, of <see cref="System.Diagnostics.Activity.Current"/>.</summary>
    public string? TraceId { get; init; }

    /// <summary>A prefix of the logger's name, without case.</summary>
    public string? Category { get; init; }

    /// <summary>The conditions that are set, by their names in the API.</summary>
    internal IEnumerable<(string Name, string Value)> Conditions =>
        from condition in new[] { ("user_id", UserId), ("job_id", JobId), ("trace_id", TraceId), ("category", Category) }
        where condition.Item2 is not null
        select (condition.Item1, condition.Item2!);

    /// <summary>The conditions that are set, for messages: <c>user_id 'u42' and category 'Shop.'</c>.</summary>
    public override string ToString() =>
        string.Join(" and ", Conditions.Select(condition => $"{condition.Name} '{condition.Value}'"));
}
