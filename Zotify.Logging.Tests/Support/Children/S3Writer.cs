using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Integrations;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Logs numbered audit events whose segments go to a storage, as fast as it can, until it is killed. Arguments: the storage's address, the
/// first number, how many. Prints <see cref="Logged"/> when all of them are on the disk.
/// </summary>
internal sealed class S3Writer : IChild
{
    public const string Logged = NumberedEvents.Logged;

    public async Task<int> RunAsync(string[] arguments)
    {
        await using var host = await ShippingHost.Build(
            Environment.CurrentDirectory, logging => logging.AddZotifyS3(), [.. S3Server.SettingsFor(arguments[0]), .. NumberedEvents.Settings])
            .StartAsync(CancellationToken.None);
        return await NumberedEvents.LogAsync(host, arguments[1], arguments[2]);
    }
}
