using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Web;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>The web project on its own port on loopback, with its own folder that is deleted at the end.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    /// <summary>The setting that keeps the requests themselves out of the log.</summary>
    public const string WithoutRequests = "Logging:LogLevel:Microsoft.AspNetCore=Warning";

    /// <summary>The key that opens everything.</summary>
    public const string AllKey = "key of all";

    public const string SystemKey = "key of the system log";
    public const string AuditKey = "key of the audit log";
    public const string JobsKey = "key of the jobs";
    public const string AdminKey = "key of the operators";

    private static readonly (string Key, string[] Scopes)[] Keys =
    [
        (AllKey, ["logs:system", "logs:audit", "logs:jobs", "logs:admin"]), (SystemKey, ["logs:system"]), (AuditKey, ["logs:audit"]),
        (JobsKey, ["logs:jobs"]), (AdminKey, ["logs:admin"]),
    ];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("zotify-web-");
    private TcpRelay? _relay;
    private WebApplication? _app;

    /// <summary>Whether keys are configured; without them, the sign-in link is the only way in.</summary>
    public bool HasKeys { get; init; } = true;

    /// <summary>Further settings, <c>key=value</c>, of the next start.</summary>
    public string[] Settings { get; set; } = [];

    public WebApplication App => _app!;

    /// <summary>Whether its address stays the same while it is away: see <see cref="StopForAWhileAsync"/>.</summary>
    public bool MayBeAway { get; init; }

    public string Url => _relay?.Url ?? App.Urls.Single();

    public string SourceFolder => Directory.CreateDirectory(PathOf("source")).FullName;

    public string PathOf(string name) => Path.Combine(_root.FullName, name);

    public async Task<TestServer> StartAsync(CancellationToken cancellationToken)
    {
        string[] access = HasKeys ? [.. Keys.SelectMany((key, at) => KeySettings(key.Key, key.Scopes, at))] : [];
        string[] args =
        [
            "urls=http://127.0.0.1:0", $"contentRoot={_root.FullName}", "environment=Development",
            $"Zotify:Demo:Source={SourceFolder}", "Logging:Console:LogLevel:Default=None", .. access, .. Settings,
        ];
        _app = WebProgram.Build([.. args.Select(arg => $"--{arg}")]);
        await _app.StartAsync(cancellationToken);
        if (MayBeAway) (_relay ??= new TcpRelay()).LeadTo(App.Urls.Single());
        return this;
    }

    /// <summary>Stops it, and starts it again in the same folder, on another port.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        await StartAsync(cancellationToken);
    }

    /// <summary>Stops it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await App.StopAsync(cancellationToken);
        await App.DisposeAsync();
    }

    /// <summary>
    /// Stops it. Its clients find a later start at the same address, which nobody else can take meanwhile. Only with
    /// <see cref="MayBeAway"/>.
    /// </summary>
    public async Task StopForAWhileAsync(CancellationToken cancellationToken)
    {
        _relay!.Cut();
        await StopAsync(cancellationToken);
    }

    public ILogger Logger(string category) => App.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    /// <summary>
    /// Returns when everything that was logged is in the database. A query waits a moment for that, which may be too short on a busy
    /// machine.
    /// </summary>
    public Task FlushAsync(CancellationToken cancellationToken) =>
        App.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database, cancellationToken);

    /// <summary>A client that sends a key, or none.</summary>
    public HttpClient Client(string? key = AllKey)
    {
        var client = new HttpClient { BaseAddress = new Uri(Url) };
        if (key is not null) client.DefaultRequestHeaders.Add("X-API-Key", key);
        return client;
    }

    /// <summary>Starts a sync and returns its job, when it is no longer running.</summary>
    public static async Task<string> SyncAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsync("/api/demo/sync", null, cancellationToken);
        var job = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("job_id").GetString()!;
        while (true)
        {
            using var log = await client.GetAsync($"/api/logs/jobs/{job}?tail=0", cancellationToken);
            if (!log.IsSuccessStatusCode) continue;
            var answered = await log.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            if (answered.GetProperty("job").GetProperty("status").GetString() != "running") return job;
        }
    }

    public long Scalar(string sql) => DatabaseFile.Scalar(PathOf("logs/zotify.db"), sql);

    /// <summary>The event types of the audit file, in order, without the audit log's self events.</summary>
    public string[] AuditFile() =>
    [
        .. LiveFile.Lines(PathOf("logs/audit.log.json")).Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("category").GetString() != "Zotify.Logging")
            .Select(line => line.GetProperty("event_type").GetString()!),
    ];

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_relay is not null) await _relay.DisposeAsync();
        // A background service may end after its host. The line that the framework logs about it opens the directory for a moment.
        _root.DeleteAll();
    }

    private static IEnumerable<string> KeySettings(string key, string[] scopes, int at)
    {
        var path = $"Zotify:Access:ApiKeys:{at}";
        yield return $"{path}:Name=user of {key}";
        yield return $"{path}:Sha256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
        for (var i = 0; i < scopes.Length; i++) yield return $"{path}:Scopes:{i}={scopes[i]}";
    }
}
