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

    /// <summary>Whether the step before it has to be made to fail, because nobody comes to it otherwise: a cut after a failed write, a copy of a file that is not in its place.</summary>
    public bool IsProvoked(DiskStep step, int number) =>
        (Step == DiskStep.Cut && step == DiskStep.Write && number % 5 == 3) || (Step == DiskStep.Copy && step == DiskStep.Place && number % 5 == 3);

    public override string ToString() => $"{Step} {Number} {Fault}";
}
