using System.Globalization;
using System.Text.RegularExpressions;

namespace Zotify.Logging.Tests.Faults;

/// <summary>The output of strace for a run.</summary>
internal static partial class SystemCallTrace
{
    /// <summary>Reads the calls in the order in which they began.</summary>
    public static IReadOnlyList<TracedCall> Read(string path)
    {
        var calls = new List<TracedCall>();
        var last = new Dictionary<int, TracedCall>();
        foreach (var text in File.ReadLines(path))
        {
            if (Line().Match(text) is not { Success: true } line) continue;
            var thread = int.Parse(line.Groups["thread"].ValueSpan, CultureInfo.InvariantCulture);
            if (line.Groups["name"].Success)
            {
                var before = last.GetValueOrDefault(thread)?.Name;
                var call = new TracedCall(thread, line.Groups["name"].Value, line.Groups["rest"].Value, before);
                calls.Add(last[thread] = call);
            }

            if (!last.TryGetValue(thread, out var current)) continue;
            current.IsInjected |= text.EndsWith("(INJECTED)", StringComparison.Ordinal);
            current.IsFinished |= Result().IsMatch(text);
        }

        return calls;
    }

    // A call that others interrupt is written in two lines: "fsync(3<path> <unfinished ...>" and "<... fsync resumed>) = 0".
    [GeneratedRegex(@"^(?<thread>\d+) +(?:(?<name>\w+)\((?<rest>.*)|<\.\.\. \w+ resumed>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();

    [GeneratedRegex(@"\) += -?\w")]
    private static partial Regex Result();
}
