using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Prints the sign-in link once the server listens, where no other access is configured. Refuses the start where other machines could
/// reach the server then.
/// </summary>
internal sealed class SignInLinkPrinter(
    ApiKeys keys, SignInLink link, IConfiguration configuration, IServer server) : IHostedLifecycleService
{
    /// <inheritdoc/>
    /// <exception cref="InvalidSettingException">Other machines could reach a server that nobody may read.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (IsNeeded && ListenAddresses.BeyondThisMachine(configuration) is { } address) throw NotConfigured(address);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // Print it, do not log it: people who read the logs must not get the rights of the person who started the program.
        if (IsNeeded && server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address)
            Console.WriteLine($"Sign in once with this link: {address}{SessionPaths.SignIn}?token={link.Issue()}");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static InvalidSettingException NotConfigured(string address) => new(
        $"{AccessOptions.Section}:{nameof(AccessOptions.ApiKeys)}",
        $"no key is configured, and '{address}' can be reached from other machines. "
        + "Make a key with 'key new --name <name> --scopes <scopes>' and configure it, or listen on http://localhost:5080.");

    private bool IsNeeded => !keys.AreConfigured && !AccessExtensions.HasBearer(configuration);
}
