namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>One question, answered by one command: contenders take turns in short rounds, and medians are compared.</summary>
internal abstract class Measure
{
    /// <summary>The name of the command.</summary>
    public abstract string Name { get; }

    /// <summary>What it shows, in a sentence.</summary>
    public abstract string Shows { get; }

    /// <summary>How many rounds it takes when nobody says otherwise.</summary>
    public virtual int Rounds => 5;

    /// <summary>What its sizes are multiplied with when nobody says otherwise: 1 is the size that the goals speak of.</summary>
    public virtual double Scale => 1;

    /// <summary>Runs it, prints its tables, and returns how far its goals were reached.</summary>
    public abstract Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run);
}
