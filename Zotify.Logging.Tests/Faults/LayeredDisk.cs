using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Faults;

/// <summary>
/// Real files with a layer above them in which a fault strikes, on every system. It knows which bytes were flushed, and removes the others
/// when the power is lost. Thread-safe.
/// </summary>
/// <param name="fault">The fault; <see langword="null"/> for none.</param>
internal sealed class LayeredDisk(DiskCase? fault)
{
    private const int Seldom = 5;

    private readonly Lock _gate = new();
    private readonly List<LayeredFile> _files = [];
    private readonly int[] _counts = new int[Enum.GetValues<DiskStep>().Length];
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);
    private bool _keepsFiles;
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
        var file = new LayeredFile(this, SegmentFile.Open(path), path, before);
        lock (_gate)
        {
            _files.Add(file);
            _deleted.Remove(path);
        }

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
            // Files are cut only after a failed write.
            if (!fault.Fails(step, number)) return fault.Step == DiskStep.Cut && step == DiskStep.Write && number % Seldom == 3;
            Struck = true;
            Failures++;
            _isOff = fault.Fault == DiskFault.LosesPower;
            return true;
        }
    }

    /// <summary>Deletes a file now and then where the case is about that; a file that is at its path is not restored.</summary>
    public void DeleteSometimes(string path)
    {
        lock (_gate)
        {
            if (fault?.Step != DiskStep.Copy || _keepsFiles || Count(DiskStep.Place) is not (3 or 8 or 13) || !File.Exists(path)) return;
            File.Delete(path);
            _deleted.Add(path);
        }
    }

    /// <summary>
    /// Deletes no more files. Returns whether the program has opened those again that were deleted, which it does after it restored their
    /// lines. A program that ends before that loses them.
    /// </summary>
    public bool KeepFiles()
    {
        lock (_gate)
        {
            _keepsFiles = true;
            return _deleted.Count == 0;
        }
    }

    /// <summary>Whether the failing write leaves part of its bytes.</summary>
    public bool WritesInPart => fault?.Fault == DiskFault.FailsInPart;

    public static IOException Failure(DiskStep step) => new($"Injected: Input/output error ({step})");

    /// <summary>
    /// Ends the program and cuts the power: of each file, the flushed bytes stay, and a random part of the later ones. Threads of the
    /// program that still run in this process no longer change the disk.
    /// </summary>
    /// <returns>The disk of the next run. A fault that lasts ends with this run.</returns>
    public LayeredDisk LosePower(string directory, Random random)
    {
        lock (_gate) _isOff = true;
        // Not the database and the system log: nothing is promised for them.
        foreach (var path in Directory.GetFiles(directory, "*.json*"))
        {
            if (TryRead(path) is not { } content) continue;
            var file = _files.FindLast(file => file.Content.AsSpan().SequenceEqual(content));
            if (file is not null) File.WriteAllBytes(path, file.AfterPowerLoss(random));
        }

        var next = new LayeredDisk(fault)
        {
            Struck = Struck,
            Failures = Failures,
            _keepsFiles = true,
            _isHealed = Struck && fault?.Fault is DiskFault.FailsFromThenOn or DiskFault.LosesPower,
        };
        _counts.CopyTo(next._counts, 0);
        return next;
    }

    /// <summary>A program whose end took too long may still delete the file with which it tries the disk.</summary>
    private static byte[]? TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
