using System.Globalization;

namespace Zotify.Logging.Tests.Faults;

/// <summary>The numbers that a program was told are safe. Thread-safe.</summary>
internal sealed class Acknowledgements
{
    private readonly Lock _gate = new();

    /// <summary>Of audit events.</summary>
    public List<int> Events { get; } = [];

    /// <summary>Of the job's entries.</summary>
    public List<int> Entries { get; } = [];

    /// <summary>Takes what a <see cref="FaultWorkload"/> says.</summary>
    public void Add(string said)
    {
        if (said.Split(' ') is not [var what, var number]) return;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return;
        lock (_gate) (what == FaultWorkload.Event ? Events : Entries).Add(n);
    }
}
