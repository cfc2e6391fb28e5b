using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks;

/// <summary>Runs a measure by its name, or all measures; without a name, it lists them.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => args switch
    {
        [Child.Command, var scenario, .. var arguments] => Child.MainAsync(scenario, arguments),
        _ => Commands.RunAsync(args, Console.Out),
    };
}
