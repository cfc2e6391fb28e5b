using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>An application in a process of its own, with a directory of its own, which writes to the database of a server.</summary>
internal sealed class KilledWriter : IAsyncDisposable
{
    public const string Instance = "writer/shop";

    private readonly TemporaryFolder _folder = new();
    private readonly string _database;
    private ChildProcess _process;

    private KilledWriter(TestServer server)
    {
        _database = server.PathOf("logs/zotify.db");
        _process = Start();
    }

    /// <summary>Starts it.</summary>
    public static async Task<KilledWriter> StartAsync(TestServer server, CancellationToken cancellationToken)
    {
        var writer = new KilledWriter(server);
        Assert.AreEqual(Application.Started, await writer._process.ReadLineAsync(cancellationToken));
        return writer;
    }

    /// <summary>Lets it log: see <see cref="Application"/>. Returns when that is in the database.</summary>
    public async Task LogAsync(string command, CancellationToken cancellationToken)
    {
        foreach (var line in (string[])[command, "project"])
        {
            await _process.WriteLineAsync(line, cancellationToken);
            Assert.AreEqual(Application.Logged, await _process.ReadLineAsync(cancellationToken));
        }
    }

    /// <summary>Kills it, and lets half a minute pass for its last sight.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await _process.KillAsync(cancellationToken);
        DatabaseFile.Execute(
            _database,
            "UPDATE instances SET seen_at = strftime('%Y-%m-%dT%H:%M:%f', seen_at, '-40 seconds') || '0000Z' "
            + $"WHERE instance = '{Instance}'");
    }

    /// <summary>Starts it again in its directory.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await _process.DisposeAsync();
        _process = Start();
        Assert.AreEqual(Application.Started, await _process.ReadLineAsync(cancellationToken));
        await LogAsync("job next job.started", cancellationToken);
    }

    /// <summary>Stops it in good order.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _process.CloseInput();
        var (exitCode, _, error) = await _process.EndAsync(cancellationToken);
        Assert.AreEqual(0, exitCode, error);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private ChildProcess Start() => ChildProcess.Run<Application>(
        _folder.Path, $"--Logging:Zotify:Instance={Instance}", $"--Logging:Zotify:Database:ConnectionString=Data Source={_database}");
}
