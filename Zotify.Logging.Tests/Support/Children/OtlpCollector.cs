using Zotify.Logging.Tests.Integrations;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// A collector that appends the numbers of what it takes to a file, a line a request, before it answers. The argument is the file. Prints
/// its address.
/// </summary>
internal sealed class OtlpCollector : IChild
{
    public async Task<int> RunAsync(string[] arguments)
    {
        var gate = new Lock();
        await using var receiver = await OtlpReceiver.StartAsync(records =>
        {
            var line = string.Join(' ', records.Select(record => OtlpReceiver.Attribute(record, "seq")));
            lock (gate) File.AppendAllText(arguments[0], $"{line}\n");
        });
        Console.Out.WriteLine(receiver.Address);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }
}
