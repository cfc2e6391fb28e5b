using Zotify.Logging.Handlers;

namespace Zotify.Logging.Instances;

/// <summary>What is expected of jobs, from the options of the handler Jobs. Immutable.</summary>
internal sealed class JobRules
{
    private JobRules(DatabaseJobLogHandlerOptions options)
    {
        SilentAfter = new JobPatterns(options.SilentAfter);
        ExpectedEvery = new JobPatterns(options.ExpectedEvery);
        AbandonedAfter = options.AbandonedAfter;
    }

    /// <summary>The defaults: nothing is expected of any type.</summary>
    public static JobRules None { get; } = Of(new DatabaseJobLogHandlerOptions());

    /// <summary>After how long without an entry a job is stalled.</summary>
    public JobPatterns SilentAfter { get; }

    /// <summary>How often jobs should run.</summary>
    public JobPatterns ExpectedEvery { get; }

    /// <summary>How long after the last sight of its instance a running job is ended.</summary>
    public TimeSpan AbandonedAfter { get; }

    /// <summary>The rules of options.</summary>
    public static JobRules Of(DatabaseJobLogHandlerOptions options) => new(options);
}
