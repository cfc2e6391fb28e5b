using System.Globalization;

namespace Zotify.Logging.Tests.Faults;

/// <summary>The numbers that were acknowledged to a program. Thread-safe.</summary>
internal sealed class Acknowledgements
{
    private readonly Lock _gate = new();

    /// <summary>Numbers of audit events.</summary>
    public List<int> Events { get; } = [];

    /// <summary>Numbers of the job's entries.</summary>
    public List<int> Entries { get; } = [];

    /// <summary>Reads a line that a <see cref="FaultWorkload"/> printed.</summary>
    public void Add(string said)
    {
        if (said.Split(' ') is not [var what, var number]) return;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return;
        lock (_gate) (what == FaultWorkload.Event ? Events : Entries).Add(n);
    }
}
