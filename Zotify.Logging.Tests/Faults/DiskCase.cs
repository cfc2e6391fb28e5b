namespace Zotify.Logging.Tests.Faults;

/// <summary>A fault of a disk.</summary>
/// <param name="Step">The step that fails.</param>
/// <param name="Fault">How it fails.</param>
/// <param name="Number">The number of the first failing step of its kind, from 1.</param>
internal sealed record DiskCase(DiskStep Step, DiskFault Fault, int Number)
{
    private const int While = 4;

    /// <summary>Whether a step fails, given its number.</summary>
    public bool Fails(DiskStep step, int number) => step == Step && Fault switch
    {
        DiskFault.FailsForAWhile => number >= Number && number < Number + While,
        DiskFault.FailsFromThenOn => number >= Number,
        _ => number == Number,
    };

    public override string ToString() => $"{Step} {Number} {Fault}";
}
