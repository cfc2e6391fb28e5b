using Microsoft.Testing.Platform.Builder;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests;

/// <summary>Runs the tests; with the arguments <c>child &lt;name&gt; …</c> a scenario that a test needs as a separate process.</summary>
internal static class Program
{
    private const int PoolThreads = 32;

    private static Task<int> Main(string[] args) =>
        args is [ChildProcess.Command, var name, ..] ? Child(name).RunAsync(args[2..]) : RunTestsAsync(args);

    /// <summary>
    /// Finds the scenario by its exact name: a search would load every library of the tests into a process whose memory is measured.
    /// </summary>
    private static IChild Child(string name) =>
        (IChild)Activator.CreateInstance(Type.GetType($"{typeof(IChild).Namespace}.{name}", throwOnError: true)!)!;

    private static async Task<int> RunTestsAsync(string[] args)
    {
        // Tests that run in parallel share the pool, and some block its threads. The pool grows by one or two threads a second only.
        ThreadPool.GetMinThreads(out _, out var completionPortThreads);
        ThreadPool.SetMinThreads(PoolThreads, completionPortThreads);
        var builder = await TestApplication.CreateBuilderAsync(args);
        builder.AddSelfRegisteredExtensions(args);
        using var application = await builder.BuildAsync();
        return await application.RunAsync();
    }
}
