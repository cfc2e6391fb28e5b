namespace Zotify.Logging.Tests.Faults;

/// <summary>A system call in the path of a record at which a fault can strike.</summary>
/// <param name="Part">The program's operation: append, flush, roll, prune, project or recover.</param>
/// <param name="What">The purpose of the call.</param>
/// <param name="Calls">The names of the call; a name that a processor does not have is left out by strace (<c>?name</c>).</param>
/// <param name="Files">The names of the files in the log directory that it works on; empty for the directory itself.</param>
internal sealed record FaultStep(string Part, string What, string[] Calls, string[] Files)
{
    /// <summary>The first rolled segments, which retention deletes first.</summary>
    public const string FirstAudit = "audit.log.00000000000000000001.json";

    /// <inheritdoc cref="FirstAudit"/>
    public const string FirstJobs = "job_logs.00000000000000000001.json";

    /// <summary>The errors that the call may fail with.</summary>
    public string[] Errors { get; init; } = ["EIO"];

    /// <summary>A text that its arguments contain.</summary>
    public string With { get; init; } = "";

    /// <summary>A text that its arguments do not contain.</summary>
    public string? Without { get; init; }

    /// <summary>The calls of which one comes right before it on the same thread; empty means any.</summary>
    public string[] After { get; init; } = [];

    /// <summary>
    /// Whether a kill can be aimed at it. strace kills in the first call of that number, whichever thread makes it. What a process did to
    /// files outlives it, so a kill before such a call and one right after it have the same effect.
    /// </summary>
    public bool IsKilled => After.Length == 0;

    /// <summary>A fault that the program needs to come to this step: calls and error of <c>strace -e inject</c>.</summary>
    public string? Provoked { get; init; }

    /// <summary>Whether its failure must be reported, because lines may not be on the disk.</summary>
    public bool IsReported { get; init; }

    /// <summary>Whether nothing of this kind can be acknowledged if all of its calls fail.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether only retention comes to it.</summary>
    public bool IsPruning => Part == "prune";

    /// <summary>The calls that a run must be traced for.</summary>
    public IEnumerable<string> Watched => [.. Calls, .. After];

    /// <summary>Whether a call belongs to this step.</summary>
    public bool Matches(TracedCall call) =>
        Calls.Contains(call.Name)
        && Files.Any(call.IsOn)
        && call.Arguments.Contains(With, StringComparison.Ordinal)
        && (Without is null || !call.Arguments.Contains(Without, StringComparison.Ordinal))
        && (After.Length == 0 || (call.Before is not null && After.Contains(call.Before)));

    public override string ToString() => $"{Part}: {What}";
}
