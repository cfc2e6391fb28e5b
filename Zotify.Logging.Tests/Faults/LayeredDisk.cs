using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Tests.Faults;

/// <summary>
/// Real files between which and the journal a fault strikes, on every system. It knows which bytes were flushed, and takes the
/// others away when the power is lost. Thread-safe.
/// </summary>
/// <param name="fault">The fault; <see langword="null"/> for none.</param>
internal sealed class LayeredDisk(DiskCase? fault)
{
    private readonly Lock _gate = new();
    private readonly List<LayeredFile> _files = [];
    private readonly int[] _counts = new int[Enum.GetValues<DiskStep>().Length];
    private bool _isOff;
    private bool _isHealed;

    /// <summary>How often something failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Whether the fault struck.</summary>
    public bool Struck { get; private set; }

    /// <summary>How often a step was done.</summary>
    public int Count(DiskStep step) => _counts[(int)step];

    /// <summary>Opens or creates a file.</summary>
    public IJournalFile Open(string path)
    {
        if (Enter(DiskStep.Open)) throw Failure(DiskStep.Open);
        var before = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var file = new LayeredFile(this, SegmentFile.Open(path), before);
        lock (_gate) _files.Add(file);
        return file;
    }

    /// <summary>Whether a step that begins fails.</summary>
    public bool Enter(DiskStep step)
    {
        lock (_gate)
        {
            if (_isOff) return true;
            var number = ++_counts[(int)step];
            if (fault is null || _isHealed) return false;
            if (!fault.Fails(step, number)) return fault.IsProvoked(step, number);
            Struck = true;
            Failures++;
            _isOff = fault.Fault == DiskFault.LosesPower;
            return true;
        }
    }

    /// <summary>Whether the failing write leaves part of its bytes.</summary>
    public bool WritesInPart => fault?.Fault == DiskFault.FailsInPart;

    public static IOException Failure(DiskStep step) => new($"Injected: Input/output error ({step})");

    /// <summary>The program is gone, and the power as well: of each file stays what was flushed, and a random part of what came after it.</summary>
    public void LosePower(string directory, Random random)
    {
        foreach (var path in Directory.GetFiles(directory))
        {
            var content = File.ReadAllBytes(path);
            if (_files.FindLast(file => file.Content.AsSpan().SequenceEqual(content)) is { } file) File.WriteAllBytes(path, file.AfterPowerLoss(random));
        }

        _files.Clear();
        _isOff = false;
        // A fault that lasts ends here.
        _isHealed = Struck && fault?.Fault is DiskFault.FailsFromThenOn or DiskFault.LosesPower;
    }
}
