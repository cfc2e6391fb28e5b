using System.Globalization;

namespace Zotify.Logging.Tests.Faults;

/// <summary>The outcome of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Struck">The step that the fault struck; <see langword="null"/> where it struck none.</param>
/// <param name="Failed">How many calls failed.</param>
/// <param name="Acknowledged">The acknowledged numbers.</param>
/// <param name="Problems">The broken promises.</param>
internal sealed record FaultOutcome(
    FaultCase Case, FaultStep? Struck, int Failed, Acknowledgements Acknowledged, IReadOnlyList<string> Problems)
{
    /// <summary>The figures by step.</summary>
    public static string Table(IReadOnlyCollection<FaultOutcome> outcomes)
    {
        var struck = outcomes.Where(outcome => outcome.Struck is not null).ToList();
        var steps = struck.GroupBy(outcome => outcome.Struck!.ToString()).OrderBy(step => step.Key, StringComparer.Ordinal)
            .Select(step => $"{step.Key}: {Count(step)}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {struck.Count} cases, {outcomes.Count - struck.Count} more that struck nothing: {Count(struck)}
            {struck.Sum(o => o.Acknowledged.Events.Count)} events and {struck.Sum(o => o.Acknowledged.Entries.Count)} entries acknowledged
            {string.Join('\n', steps)}
            """);
    }

    private static string Count(IEnumerable<FaultOutcome> outcomes)
    {
        var all = outcomes.ToLookup(outcome => outcome.Case.IsKill);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{all[false].Count()} with errors ({all[false].Sum(outcome => outcome.Failed)} calls failed), {all[true].Count()} killed");
    }
}
