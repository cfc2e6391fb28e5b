namespace Zotify.Logging.Tests.Faults;

/// <summary>A fault at a step of a run.</summary>
/// <param name="Step">The step.</param>
/// <param name="Error">The error that its calls fail with; <see langword="null"/> where the process is killed instead (SIGKILL).</param>
/// <param name="When">Which of a thread's calls: <c>3</c>, <c>3..5</c>, <c>3+4</c> or <c>3+</c>, as strace takes it.</param>
internal sealed record FaultCase(FaultStep Step, string? Error, string When)
{
    /// <summary>Whether the process is killed.</summary>
    public bool IsKill => Error is null;

    /// <summary>Whether every call fails from the first one on.</summary>
    public bool IsTotal => Error is not (null or "EINTR") && When == "1+";

    /// <summary>Whether something failed: an interrupted call is to be made again.</summary>
    public bool Fails => Error is not (null or "EINTR");

    /// <summary>The faults, as strace takes them.</summary>
    public IEnumerable<string> Injections
    {
        get
        {
            var calls = string.Join(',', Step.Calls.Select(call => $"?{call}"));
            if (Step.Provoked is not null) yield return Step.Provoked;
            yield return $"{calls}:{(IsKill ? "signal=SIGKILL" : $"error={Error}")}:when={When}";
        }
    }

    /// <summary>Whether a run's calls show that it struck.</summary>
    public bool Struck(IEnumerable<TracedCall> calls) => calls.Any(call => Step.Matches(call) && (IsKill ? !call.IsFinished : call.IsInjected));

    public override string ToString() => $"{Step}, {Error ?? "SIGKILL"} at call {When}";
}
