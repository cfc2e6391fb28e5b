using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>The web project, which logs and serves its own log.</summary>
internal sealed class LoggingStreamServer : StreamServer
{
    private readonly TestServer _server =
        new() { Settings = ["Logging:LogLevel:Microsoft=Warning", "Logging:Zotify:Handlers:System:MaxFileSize=65536"] };
    private ILogger? _logger;

    protected override async Task<string> StartAsync()
    {
        await _server.StartAsync(CancellationToken.None);
        _logger = _server.Logger("Load");
        return $"{_server.Url}/api/logs/system/stream?tail=0";
    }

    protected override void Log(int number, long time) => _logger!.LogInformation("Line {Number} {Time}", number, time);

    protected override Task StopAsync() => _server.DisposeAsync().AsTask();
}
