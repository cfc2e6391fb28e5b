using System.Globalization;

namespace Zotify.Logging.Tests.Faults;

/// <summary>A fault at a step of a run.</summary>
/// <param name="Step">The step.</param>
/// <param name="Error">The error that its calls fail with; <see langword="null"/> where the process is killed instead (SIGKILL).</param>
/// <param name="Span">How many calls it affects.</param>
/// <param name="Number">The first of them; strace counts the calls of each thread.</param>
internal sealed record FaultCase(FaultStep Step, string? Error, FaultSpan Span, int Number)
{
    /// <summary>One call of this many fails where <see cref="FaultSpan.Often"/> do.</summary>
    public const int OftenPeriod = 4;

    /// <summary>Whether the process is killed.</summary>
    public bool IsKill => Error is null;

    /// <summary>Whether something fails. An interrupted call is repeated.</summary>
    public bool Fails => Error is not (null or "EINTR");

    /// <summary>Whether every call of the step fails from the first one on.</summary>
    public bool IsTotal => Fails && Span == FaultSpan.Always && Step.After.Length == 0;

    /// <summary>The calls in the syntax of strace.</summary>
    public string When => Span switch
    {
        FaultSpan.Once => string.Create(CultureInfo.InvariantCulture, $"{Number}"),
        FaultSpan.Some => string.Create(CultureInfo.InvariantCulture, $"{Number}..{Number + 2}"),
        FaultSpan.Often => string.Create(CultureInfo.InvariantCulture, $"{Number}+{OftenPeriod}"),
        _ => "1+",
    };

    /// <summary>The faults in the syntax of strace.</summary>
    public IEnumerable<string> Injections
    {
        get
        {
            var calls = string.Join(',', Step.Calls.Select(call => $"?{call}"));
            if (Step.Provoked is not null) yield return Step.Provoked;
            yield return $"{calls}:{(IsKill ? "signal=SIGKILL" : $"error={Error}")}:when={When}";
        }
    }

    /// <summary>
    /// The step that it struck: this one, or another step with the same calls, made by another thread; <see langword="null"/> where it
    /// struck nothing.
    /// </summary>
    public FaultStep? Struck(IReadOnlyList<TracedCall> calls)
    {
        var struck = calls.Where(call => IsKill ? !call.IsFinished : call.IsInjected).ToList();
        if (struck.Any(Step.Matches)) return Step;
        return FaultSteps.All.FirstOrDefault(step => step.Calls.Any(Step.Calls.Contains) && struck.Any(step.Matches));
    }

    public override string ToString() => $"{Step}, {Error ?? "SIGKILL"} at call {When}";
}
