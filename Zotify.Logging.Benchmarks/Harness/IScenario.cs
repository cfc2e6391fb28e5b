namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>The work of a child process with one contender.</summary>
internal interface IScenario
{
    /// <summary>Runs it in a folder of its own.</summary>
    Task<Figures> RunAsync(string folder, string[] arguments);
}
