using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>Two instances of the web project that know each other by URL and API key, as in the composition.</summary>
internal sealed class TwoInstances : IAsyncDisposable
{
    private readonly TcpRelay[] _relays = [new(), new()];
    private readonly TestServer[] _servers;

    public TwoInstances(string key = TestServer.SystemKey) => _servers = [Server(0, key), Server(1, key)];

    public TestServer One => _servers[0];

    public TestServer Two => _servers[1];

    public async Task<TwoInstances> StartAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < 2; i++) await StartAsync(i, cancellationToken);
        return this;
    }

    /// <summary>Stops the second instance; nobody answers at its address.</summary>
    public async Task StopTwoAsync(CancellationToken cancellationToken)
    {
        _relays[1].Cut();
        await Two.StopAsync(cancellationToken);
    }

    /// <summary>Cuts the connections to the second instance, which runs on.</summary>
    public void CutTwo() => _relays[1].Cut();

    /// <summary>Lets the second instance be reached again.</summary>
    public void ConnectTwo() => _relays[1].LeadTo(Two.Url);

    public Task StartTwoAsync(CancellationToken cancellationToken) => StartAsync(1, cancellationToken);

    /// <summary>Logs lines of both in turn.</summary>
    public void Log(int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            One.Logger("Tests").LogInformation("Line {Number} of one", i);
            Two.Logger("Tests").LogWarning("Line {Number} of two", i);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        foreach (var relay in _relays) await relay.DisposeAsync();
    }

    private async Task StartAsync(int number, CancellationToken cancellationToken)
    {
        await _servers[number].StartAsync(cancellationToken);
        _relays[number].LeadTo(_servers[number].Url);
    }

    private TestServer Server(int number, string key) => new()
    {
        Settings =
        [
            $"Logging:Zotify:Instance=web-{number + 1}", $"Zotify:Sources:0:Name=web-{2 - number}",
            $"Zotify:Sources:0:Url={_relays[1 - number].Url}", $"Zotify:Sources:0:ApiKey={key}", TestServer.WithoutRequests,
        ],
    };
}
