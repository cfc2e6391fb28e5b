namespace Zotify.Logging.Tests.Faults;

/// <summary>A fault of a disk.</summary>
/// <param name="Step">What fails.</param>
/// <param name="Fault">How.</param>
/// <param name="Number">Which one of its kind, from 1 on.</param>
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
