using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Scenarios;
using Zotify.Logging.Web;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>The web project, which logs and serves its own log.</summary>
internal sealed class ZotifyEventServer : IEventServer
{
    /// <summary>The API key of its subscribers.</summary>
    public const string Key = "key of a subscriber";

    private WebApplication? _app;
    private ILogger? _logger;

    public async Task<Uri> StartAsync(string folder)
    {
        string[] settings =
        [
            "urls=http://127.0.0.1:0", $"contentRoot={folder}", "Logging:Console:LogLevel:Default=None",
            "Logging:LogLevel:Microsoft=Warning",
            "Logging:Zotify:Handlers:System:Overflow=Wait", "Zotify:Access:ApiKeys:0:Name=subscriber",
            "Zotify:Access:ApiKeys:0:Scopes:0=logs:system",
            $"Zotify:Access:ApiKeys:0:Sha256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}",
        ];
        _app = WebProgram.Build([.. settings.Select(setting => $"--{setting}")]);
        await _app.StartAsync();
        _logger = _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Load");
        return new Uri($"{_app.Urls.Single()}/api/logs/system/stream?tail=0");
    }

#pragma warning disable CA2254, CA1848 // The server gets the message from its caller.
    public void Send(string message) => _logger!.LogInformation("{Message}", message);
#pragma warning restore CA2254, CA1848

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }
}
