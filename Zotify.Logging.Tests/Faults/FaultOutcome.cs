using System.Globalization;

namespace Zotify.Logging.Tests.Faults;

/// <summary>What became of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Struck">The step that the fault struck; <see langword="null"/> where it struck none.</param>
/// <param name="Failed">How many calls failed.</param>
/// <param name="Acknowledged">What the program was told is safe.</param>
/// <param name="Problems">What is not as it was promised.</param>
internal sealed record FaultOutcome(FaultCase Case, FaultStep? Struck, int Failed, Acknowledgements Acknowledged, IReadOnlyList<string> Problems)
{
    /// <summary>The figures by step.</summary>
    public static string Table(IReadOnlyCollection<FaultOutcome> outcomes)
    {
        var struck = outcomes.Where(outcome => outcome.Struck is not null).ToList();
        var steps = struck.GroupBy(outcome => outcome.Struck!.ToString()).OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => string.Create(
            CultureInfo.InvariantCulture,
            $"{step.Key}: {step.Count(o => !o.Case.IsKill)} with errors ({step.Sum(o => o.Failed)} calls failed), {step.Count(o => o.Case.IsKill)} killed"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {struck.Count} cases ({struck.Count(o => !o.Case.IsKill)} with errors, {struck.Count(o => o.Case.IsKill)} killed), {outcomes.Count - struck.Count} that were not hit
            {struck.Sum(o => o.Acknowledged.Events.Count)} events and {struck.Sum(o => o.Acknowledged.Entries.Count)} entries acknowledged
            {string.Join('\n', steps)}
            """);
    }
}
