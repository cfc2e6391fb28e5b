using Zotify.Logging.Tests.Integrations;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>A storage that can be killed. The argument is the folder of its objects. Prints its address.</summary>
internal sealed class S3Storage : IChild
{
    public async Task<int> RunAsync(string[] arguments)
    {
        await using var server = await S3Server.StartAsync(arguments[0]);
        Console.Out.WriteLine(server.Address);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }
}
