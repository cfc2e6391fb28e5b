namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>One question, answered by one command: contenders take turns in short rounds, and medians are compared.</summary>
internal abstract class Measure
{
    /// <summary>The name of the command.</summary>
    public abstract string Name { get; }

    /// <summary>A sentence about what it measures.</summary>
    public abstract string Shows { get; }

    /// <summary>The number of rounds if the command line gives none.</summary>
    public virtual int Rounds => 5;

    /// <summary>The number of rounds in a run of all measures, which takes about 25 minutes.</summary>
    public virtual int JointRounds => 1;

    /// <summary>The factor for its sizes if the command line gives none. The goals apply to 1.</summary>
    public virtual double Scale => 1;

    /// <summary>Runs it, prints its tables, and returns its goals with the measured numbers.</summary>
    public abstract Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run);
}
