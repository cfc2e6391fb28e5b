using System.Text.Json;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>Checks what a client got of a merged stream: the lines of each instance in order, and all by time, but for late ones.</summary>
internal sealed class MergedReads
{
    private readonly Dictionary<string, List<string>> _byInstance = [];
    private string _latest = "";

    /// <summary>How many lines there were.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them were late.</summary>
    public int Late { get; private set; }

    /// <summary>Takes a line.</summary>
    public void Add(JsonElement line)
    {
        var instance = line.GetProperty("instance").GetString()!;
        if (!_byInstance.TryGetValue(instance, out var lines)) _byInstance[instance] = lines = [];
        lines.Add(line.GetProperty("text").GetString()!);
        Count++;
        var isLate = line.TryGetProperty("late", out var late) && late.GetBoolean();
        if (isLate) Late++;
        // Texts of times sort as the times.
        if (line.GetProperty("timestamp").GetString() is not { } time) return;
        Assert.IsTrue(isLate || string.CompareOrdinal(time, _latest) >= 0, $"not late, and before {_latest}: {line}");
        if (!isLate) _latest = time;
    }

    /// <summary>The texts of the lines of an instance.</summary>
    public IReadOnlyList<string> Of(string instance) => _byInstance.TryGetValue(instance, out var lines) ? lines : [];
}
