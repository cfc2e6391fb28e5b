using Microsoft.Testing.Platform.Builder;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests;

/// <summary>Runs the tests; with the arguments <c>child &lt;name&gt; …</c> a scenario that a test needs as a process of its own.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is [ChildProcess.Command, var name, ..]) return await Child(name).RunAsync(args[2..]);
        var builder = await TestApplication.CreateBuilderAsync(args);
        builder.AddSelfRegisteredExtensions(args);
        using var application = await builder.BuildAsync();
        return await application.RunAsync();
    }

    private static IChild Child(string name) =>
        (IChild)Activator.CreateInstance(typeof(IChild).Assembly.GetTypes().Single(type => type.Name == name && type.IsAssignableTo(typeof(IChild))))!;
}
