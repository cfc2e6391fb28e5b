namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>What a child process does with one contender.</summary>
internal interface IScenario
{
    /// <summary>Runs it in a folder of its own.</summary>
    Task<Figures> RunAsync(string folder, string[] arguments);
}
