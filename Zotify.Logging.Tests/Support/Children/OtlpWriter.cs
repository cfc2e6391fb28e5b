using Zotify.Logging.Tests.Integrations;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Logs numbered audit events to a collector, as fast as it can, until it is killed. Arguments: the endpoint, the first number, how many.
/// Prints <see cref="Logged"/> when all of them are on the disk.
/// </summary>
internal sealed class OtlpWriter : IChild
{
    public const string Logged = NumberedEvents.Logged;

    public async Task<int> RunAsync(string[] arguments)
    {
        await using var host = await OtlpHost.StartAsync(
            Environment.CurrentDirectory, arguments[0], CancellationToken.None, NumberedEvents.Settings);
        return await NumberedEvents.LogAsync(host, arguments[1], arguments[2]);
    }
}
